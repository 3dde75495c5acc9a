using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace FlowCompile.Models.GenAI;

/// <summary>
/// The keys and values of one text, which states forked from one another share. Each goes on by rewinding them to the place up to which they are its own, so that what was
/// read once is read the same way for all; what another state has overwritten is read again. Not for several threads.
/// </summary>
/// <param name="decoder">The network.</param>
/// <param name="generator">The text in ONNX Runtime GenAI, which this owns.</param>
internal sealed class GenAIText(GenAIDecoder decoder, Generator generator)
{
    private readonly List<int> _read = [];
    private int _states = 1;

    /// <summary>Another state has this text.</summary>
    public void Hold() => _states++;

    /// <summary>A state no longer has it.</summary>
    public void Leave()
    {
        if (--_states == 0)
        {
            generator.Dispose();
            decoder.Release();
        }
    }

    /// <summary>Reads tokens behind others.</summary>
    /// <param name="before">What comes before them.</param>
    /// <param name="tokens">The tokens, one or more.</param>
    /// <param name="logits">Takes the logits after the last of them.</param>
    /// <exception cref="OnnxRuntimeGenAIException">ONNX Runtime GenAI failed.</exception>
    /// <exception cref="InvalidOperationException">Its logits are not those of the vocabulary.</exception>
    public void Read(List<int> before, ReadOnlySpan<int> tokens, Span<float> logits)
    {
        var same = CollectionsMarshal.AsSpan(_read).CommonPrefixLength(CollectionsMarshal.AsSpan(before));
        if (same < _read.Count)
        {
            generator.RewindTo((ulong)same);
            _read.RemoveRange(same, _read.Count - same);
        }

        if (same < before.Count)
        {
            Append(CollectionsMarshal.AsSpan(before)[same..]);
        }

        Append(tokens);
        using var output = generator.GetOutput("logits");
        Copy(output, logits);
    }

    private void Append(ReadOnlySpan<int> tokens)
    {
        generator.AppendTokens(tokens);
        _read.AddRange(tokens);
    }

    // Those of the last token are last.
    private static void Copy(Tensor output, Span<float> logits)
    {
        var count = output.NumElements();
        if (output.Shape() is not [.., var width] || width != logits.Length || count < width)
        {
            throw new InvalidOperationException($"The logits have the shape [{string.Join(", ", output.Shape())}], and the vocabulary {logits.Length} tokens.");
        }

        var from = (int)(count - width);
        switch (output.Type())
        {
            case ElementType.float32:
                output.GetData<float>()[from..].CopyTo(logits);
                break;
            case ElementType.float16:
                var halves = output.GetData<Half>()[from..];
                for (var i = 0; i < halves.Length; i++)
                {
                    logits[i] = (float)halves[i];
                }

                break;
            case var other:
                throw new InvalidOperationException($"The logits are of the type {other}, and only float32 and float16 are read.");
        }
    }
}
