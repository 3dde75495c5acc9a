using FlowCompile.Models.Onnx;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace FlowCompile.Models.GenAI;

/// <summary>A network in ONNX Runtime GenAI.</summary>
/// <remarks>Each text holds the network, so that a call under way outlives <see cref="Dispose"/>.</remarks>
internal sealed class GenAIDecoder : ITextDecoder
{
    private readonly Model _model;
    private readonly object _lock = new();
    private int _texts;
    private bool _isDisposed;

    /// <summary>Loads a network.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="config">What its file says.</param>
    /// <param name="device">Where it runs.</param>
    /// <exception cref="ModelLoadException">ONNX Runtime GenAI is not there, or does not take the folder.</exception>
    public GenAIDecoder(string folder, GenAIConfig config, GenAIDevice device)
    {
        (VocabularySize, ContextLength) = (config.Network.VocabularySize, config.Network.ContextLength);
        _model = GenAILibrary.Load(folder, device);
    }

    /// <inheritdoc/>
    public int VocabularySize { get; }

    /// <inheritdoc/>
    public int ContextLength { get; }

    /// <inheritdoc/>
    public ITextState Begin(int most)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _texts++;
        }

        try
        {
            using var options = new GeneratorParams(_model);
            options.SetSearchOption("max_length", most);
            options.SetSearchOption("batch_size", 1);
            options.SetSearchOption("num_beams", 1);
            return new GenAIState(this, new GenAIText(this, new Generator(_model, options)), position: 0, []);
        }
        catch
        {
            Release();
            throw;
        }
    }

    /// <summary>Says that a text has ended.</summary>
    public void Release()
    {
        lock (_lock)
        {
            if (--_texts == 0 && _isDisposed)
            {
                _model.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                if (_texts == 0)
                {
                    _model.Dispose();
                }
            }
        }
    }
}
