using System.IO.Compression;

namespace FlowCompile.Models.OpenAI;

/// <summary>Decompresses what a server or a proxy has compressed without being asked to.</summary>
internal static class ContentDecoding
{
    public static Stream Decode(Stream stream, string? encoding) => encoding?.Trim().ToUpperInvariant() switch
    {
        "GZIP" or "X-GZIP" => new GZipStream(stream, CompressionMode.Decompress),
        "DEFLATE" => new ZLibStream(stream, CompressionMode.Decompress),
        "BR" => new BrotliStream(stream, CompressionMode.Decompress),
        _ => stream,
    };
}
