namespace FlowCompile.Models.OpenAI;

/// <summary>Reads the beginning of an error's body: enough to say what went wrong.</summary>
internal static class ErrorBody
{
    private const int Limit = 16 << 10;

    public static async Task<BinaryData> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[Limit];
        try
        {
            var length = await stream.ReadAtLeastAsync(buffer, Limit, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return BinaryData.FromBytes(buffer.AsMemory(0, length));
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidDataException or InvalidOperationException)
        {
            // The status says enough.
            return BinaryData.FromString("");
        }
    }
}
