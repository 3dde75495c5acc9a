using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FlowCompile.Models.OpenAI;

/// <summary>How one model and its server part thinking from answer, as far as its answers have shown.</summary>
internal sealed class AnswerDialect(OpenAIModelOptions model, ILogger logger)
{
    private readonly ConcurrentDictionary<(int Budget, CallPart Part), AnswerForm> _forms = new();
    private readonly ConcurrentDictionary<AnswerForm, bool> _told = new();
    private volatile int _thinking = -1;

    public ThinkMarks Marks { get; } = new(model.ThinkStart, model.ThinkEnd);

    /// <summary>The form of the last answer that had thinking; <see langword="null"/> where none had.</summary>
    public AnswerForm? Thinking => _thinking < 0 ? null : (AnswerForm)_thinking;

    /// <summary>The form of the last answer under a budget; <see langword="null"/> where there was none.</summary>
    public AnswerForm? Known(int? budget, CallPart part) => _forms.TryGetValue((budget ?? -1, part), out var form) ? form : null;

    /// <summary>Keeps the form of an answer, and says once where it is one that had to be mended.</summary>
    public void Learn(int? budget, CallPart part, AnswerForm form)
    {
        _forms[(budget ?? -1, part)] = form;
        _thinking = form is AnswerForm.Plain or AnswerForm.CutThinking or AnswerForm.ContinuedAsThinking ? _thinking : (int)form;
        if (Words(form) is { } words && _told.TryAdd(form, true))
        {
            Log.FormFound(logger, model.DisplayName, words);
        }
    }

    private string? Words(AnswerForm form) => form switch
    {
        AnswerForm.ClosedOnly => $"its answers have a closing mark such as '{model.ThinkEnd}' and no opening one, so that what is before it counts as thinking",
        AnswerForm.Blocks => "its answers have several blocks of thinking, or text before one; what is outside of them counts as the answer",
        AnswerForm.RestInContent => "its thinking ends within the content, so that what is before the closing mark counts as thinking",
        AnswerForm.AnswerInField => "its answers come in the field for thinking, so that what is behind the closing mark counts as the answer",
        AnswerForm.BareChannels => "its answers have the names of channels without their marks; what is behind 'assistantfinal' counts as the answer",
        AnswerForm.CutThinking => "its thinking comes without a mark where the budget cuts it, so that all of it counts as thinking",
        _ => null,
    };
}
