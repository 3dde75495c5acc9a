using System.ClientModel;
using System.ClientModel.Primitives;

namespace FlowCompile.Models.OpenAI;

/// <summary>How a key is sent, if there is one.</summary>
internal static class KeyPolicy
{
    public static AuthenticationPolicy Create(string? key, string? header) => key is null ? new NoKey()
        : header is null ? ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(new ApiKeyCredential(key))
        : ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(new ApiKeyCredential(key), header);

    private sealed class NoKey : AuthenticationPolicy
    {
        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
            ProcessNext(message, pipeline, currentIndex);

        public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
            ProcessNextAsync(message, pipeline, currentIndex);
    }
}
