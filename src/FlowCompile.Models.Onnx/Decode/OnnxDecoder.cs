using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using OrtRunOptions = Microsoft.ML.OnnxRuntime.RunOptions;

namespace FlowCompile.Models.Onnx;

/// <summary>
/// A decoder network in ONNX Runtime: reads tokens and gives the logits of the one after. Knows nothing of text, thinking or choosing.
/// Several threads may run it at once, each with a <see cref="DecoderState"/> of its own.
/// </summary>
internal sealed partial class OnnxDecoder : ITextDecoder
{
    // A larger network costs so much for each token that what a run makes besides does not count.
    private const long LaneBytes = 16 << 20;

    // How many logits are wanted where a graph asks.
    private static readonly long[] s_one = [1];

    private readonly InferenceSession _session;
    private readonly GraphLayout _layout;
    private readonly OrtRunOptions _runOptions = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly long[] _positions;

    // Where keys and values are put by hand; null on the CPU, where ONNX Runtime's own choice is right.
    private readonly OrtAllocator? _cacheAllocator;

    // Lanes that no text is in; null where the network is read without.
    private readonly ConcurrentStack<DecoderLane>? _lanes;

    // As many as some run needed: all runs read them, and none writes. The ones before are kept, for bound runs and runs under way read them.
    private readonly List<long[]> _fewerOnes = [];
    private long[] _ones;
    private int _holders = 1;
    private int _isDisposed;

    /// <summary>Creates a decoder over a session whose inputs and outputs have been checked.</summary>
    /// <param name="session">The session, owned from here on.</param>
    /// <param name="config">The network's sizes.</param>
    /// <param name="layout">Its inputs and outputs.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="cacheAllocator">
    /// Allocates keys and values where the network wants them, so that they never leave the device; owned from here on.
    /// <see langword="null"/> leaves them to ONNX Runtime, which puts them into the CPU's memory.
    /// </param>
    /// <param name="cudaProblem">Why it is not CUDA, where that was tried.</param>
    public OnnxDecoder(InferenceSession session, ModelConfig config, GraphLayout layout, string device, OrtAllocator? cacheAllocator, string? cudaProblem)
    {
        _session = session;
        _layout = layout;
        Config = config;
        Device = device;
        CudaProblem = cudaProblem;
        _cacheAllocator = cacheAllocator;
        CacheTensors = 2 * config.Layers;
        CacheWidth = config.Heads * config.HeadSize;
        _inputNames = [.. layout.Inputs(config)];
        _outputNames = [.. GraphLayout.Outputs(config)];

        // Pinned for good: tensors of every run are made over parts of them.
        _positions = GC.AllocateUninitializedArray<long>(config.ContextLength, pinned: true);
        for (var i = 0; i < config.ContextLength; i++)
        {
            _positions[i] = i;
        }

        _ones = Ones(config.ContextLength);
        var laneFloats = ((2L * CacheTensors * CacheWidth) + config.VocabularySize) * config.ContextLength;
        _lanes = cacheAllocator is null && layout.IsPlain && laneFloats <= LaneBytes / sizeof(float) ? [] : null;
    }

    /// <summary>The network's sizes.</summary>
    public ModelConfig Config { get; }

    int ITextDecoder.VocabularySize => Config.VocabularySize;

    int ITextDecoder.ContextLength => Config.ContextLength;

    ITextState ITextDecoder.Begin(int most) => new DecoderState(this);

    /// <summary>Where the network runs: <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; }

    /// <summary>Why the network does not run on CUDA, where that was tried and the CPU taken.</summary>
    public string? CudaProblem { get; }

    /// <summary>How many tensors of keys and values a state has.</summary>
    public int CacheTensors { get; }

    /// <summary>How many numbers of one token a tensor of keys or values has.</summary>
    public int CacheWidth { get; }

    /// <summary>How many bytes of one token a tensor of keys or values has.</summary>
    public int CacheTokenSize => CacheWidth * _layout.CacheNumberSize;

    /// <summary>Keeps the session open until <see cref="Release"/>. Each state does, so that a call under way outlives <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The decoder is disposed.</exception>
    public void Hold()
    {
        // Once the last holder is gone the session is, and nobody can hold it again.
        int holders;
        do
        {
            holders = Volatile.Read(ref _holders);
            ObjectDisposedException.ThrowIf(holders == 0 || Volatile.Read(ref _isDisposed) != 0, this);
        }
        while (Interlocked.CompareExchange(ref _holders, holders + 1, holders) != holders);
    }

    /// <summary>Ends a <see cref="Hold"/>.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            while (_lanes?.TryPop(out var lane) == true)
            {
                lane.Dispose();
            }

            _cacheAllocator?.Dispose();
            _runOptions.Dispose();
            _session.Dispose();
        }
    }

    /// <summary>A lane that no other text is in.</summary>
    public DecoderLane RentLane() => _lanes!.TryPop(out var lane) ? lane : new DecoderLane(this, _session, _inputNames, _outputNames);

    /// <summary>Gives a lane back.</summary>
    /// <param name="lane">The lane, used by nobody any more.</param>
    public void ReturnLane(DecoderLane lane)
    {
        if (_lanes!.Count < Environment.ProcessorCount)
        {
            _lanes.Push(lane);
        }
        else
        {
            lane.Dispose();
        }
    }

    /// <summary>Lets the network read tokens. The logits after the last of them are in the state then.</summary>
    /// <param name="state">The text so far; goes on by the tokens, or stays as it was where the run fails, or the first of several runs that a graph with branches needs.</param>
    /// <param name="tokens">The tokens, one or more; with those read before no more than the context holds.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime failed.</exception>
    public void Run(DecoderState state, ReadOnlySpan<int> tokens)
    {
        ArgumentOutOfRangeException.ThrowIfZero(tokens.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(state.Position + tokens.Length, Config.ContextLength);
        ObjectDisposedException.ThrowIf(state.IsDisposed, state);
        if (_layout.HasBranches && state.Position > 0 && tokens.Length > 1)
        {
            foreach (var token in tokens)
            {
                Run(state, [token]);
            }
        }
        else if (_cacheAllocator is not null)
        {
            RunOnDevice(state, tokens, _cacheAllocator);
        }
        else if (_lanes is null)
        {
            Run([state], tokens, tokens.Length);
        }
        else
        {
            var logits = state.EnterLane().Run(_runOptions, state.Position, tokens);
            logits.CopyTo(state.LogitsRoom);
            state.AdvanceInLane(tokens.Length);
        }

        GC.KeepAlive(this);
    }

    /// <summary>The numbers of positions, as a tensor reads them.</summary>
    /// <param name="position">The first.</param>
    /// <param name="count">How many.</param>
    public Memory<long> Positions(int position, int count) => MemoryMarshal.CreateFromPinnedArray(_positions, position, count);

    /// <summary>An attention mask that hides nothing.</summary>
    /// <param name="count">How many ones.</param>
    public Memory<long> Mask(int count)
    {
        var ones = Volatile.Read(ref _ones);
        if (ones.Length < count)
        {
            lock (_fewerOnes)
            {
                ones = _ones;
                if (ones.Length < count)
                {
                    _fewerOnes.Add(ones);
                    ones = Ones(Math.Max(count, 2 * ones.Length));
                    Volatile.Write(ref _ones, ones);
                }
            }
        }

        return MemoryMarshal.CreateFromPinnedArray(ones, 0, count);
    }

    /// <summary>The shape of keys or values.</summary>
    /// <param name="rows">Of how many texts.</param>
    /// <param name="tokens">Of how many tokens each.</param>
    public long[] CacheShape(int rows, int tokens) => [rows, Config.Heads, tokens, Config.HeadSize];

    /// <summary>A tensor over memory of the program, which stays where it is until the tensor is released.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="shape">The tensor's sizes.</param>
    public static OrtValue Tensor<T>(Memory<T> memory, long[] shape)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            Release();
        }
    }

    private static long[] Ones(int count)
    {
        var ones = GC.AllocateUninitializedArray<long>(count, pinned: true);
        Array.Fill(ones, 1);
        return ones;
    }

    private void RunOnDevice(DecoderState state, ReadOnlySpan<int> tokens, OrtAllocator allocator)
    {
        var (count, total) = (tokens.Length, state.Position + tokens.Length);
        var inputs = new OrtValue?[_inputNames.Length];
        var outputs = new OrtValue?[_outputNames.Length];
        var ids = new long[count];
        for (var i = 0; i < count; i++)
        {
            ids[i] = tokens[i];
        }

        var past = state.Past;
        try
        {
            Feed(inputs, ids, Positions(state.Position, count), rows: 1, state.Position);
            outputs[0] = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, _layout.LogitsType, [1, _layout.KeptShape is null ? count : 1, Config.VocabularySize]);
            for (var i = 0; i < CacheTensors; i++)
            {
                inputs[_layout.CacheStart + i] = past is null ? OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, _layout.CacheType, CacheShape(1, 0)) : past[i];
                outputs[1 + i] = OrtValue.CreateAllocatedTensorValue(allocator, _layout.CacheType, CacheShape(1, total));
            }

            _session.Run(_runOptions, _inputNames, inputs!, _outputNames, outputs!);
            ReadLogits([state], outputs[0]!, count);
            state.Advance(KvBlock.OfRun(outputs[1..]!, rows: 1), row: 0, count);
            Array.Clear(outputs, 1, CacheTensors);
        }
        finally
        {
            Free(inputs, past is null ? inputs.Length : _layout.CacheStart);
            Free(outputs, outputs.Length);
        }
    }

    // All inputs but keys and values: of each row as many tokens, and each row's text as long so far.
    private void Feed(OrtValue?[] inputs, Memory<long> tokens, Memory<long> positions, int rows, int position)
    {
        var count = tokens.Length / rows;
        inputs[0] = Tensor(tokens, [rows, count]);
        inputs[1] = Tensor(Mask(rows * (position + count)), [rows, position + count]);
        var next = 2;
        if (_layout.HasPositions)
        {
            inputs[next++] = Tensor(positions, [rows, count]);
        }

        if (_layout.HasBranches)
        {
            inputs[next++] = Tensor<bool>(new[] { position > 0 }, [1]);
        }

        if (_layout.KeptShape is { } shape)
        {
            inputs[next] = Tensor<long>(s_one, shape);
        }
    }

    // Those that were not made are null.
    private static void Free(OrtValue?[] values, int count)
    {
        for (var i = 0; i < count; i++)
        {
            values[i]?.Dispose();
        }
    }
}
