using System.Collections.Concurrent;
using FlowCompile.Settings;

namespace FlowCompile.Profiling;

/// <summary>Scores outputs by asking a model. A verdict is kept, and the same output in the same place is never judged twice.</summary>
internal sealed class Judge
{
    private readonly ProfileContext _context;
    private readonly JudgeSettings _settings;
    private readonly JudgePrompt _prompt;
    private readonly ConcurrentDictionary<string, Lazy<Task<double>>> _underWay = new(StringComparer.Ordinal);

    /// <summary>Prepares a judge.</summary>
    /// <param name="context">The profile; its settings name a judge.</param>
    public Judge(ProfileContext context)
    {
        (_context, _settings) = (context, context.Section.Judge!);
        _prompt = new JudgePrompt(context.Descriptor);
    }

    /// <summary>The hash of what judges a sub-agent: model, budget, rubric and the prompt's text.</summary>
    /// <param name="node">The sub-agent's name.</param>
    public string HashOf(string node) =>
        ContentHash.Of(JudgePrompt.Version, Identity, FormattableString.Invariant($"{_settings.Setting.Budget}"), _settings.RubricOf(node));

    /// <summary>The model's identity.</summary>
    public string Identity => _context.Identities[_settings.Setting.Model].Identity;

    /// <summary>Judges an output.</summary>
    /// <param name="node">The sub-agent's index.</param>
    /// <param name="one">The case.</param>
    /// <param name="inputs">What it received.</param>
    /// <param name="output">What it returned, as JSON.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The score, 0 to 1.</returns>
    /// <exception cref="JudgeException">The model failed, or its answer gives no score.</exception>
    /// <exception cref="LimitReachedException">A limit is reached, and the model was not asked.</exception>
    public async Task<double> ScoreAsync(int node, WorkflowCase one, StoredInputs inputs, string output, CancellationToken cancellationToken)
    {
        var name = _context.Descriptor.Graph.Nodes[node].Name;
        var prompt = _prompt.Write(node, _settings.RubricOf(name), one, inputs, output);
        var key = ContentHash.Of("verdict-1", HashOf(name), prompt);

        // Two cells with one output may come at the same moment: one asks, and both get the answer.
        var asked = _underWay.GetOrAdd(key, _ => new Lazy<Task<double>>(() => FindOrAskAsync(key, name, one, inputs, output, prompt, cancellationToken)));
        try
        {
            return await asked.Value.ConfigureAwait(false);
        }
        finally
        {
            _underWay.TryRemove(key, out _);
        }
    }

    private async Task<double> FindOrAskAsync(
        string key, string name, WorkflowCase one, StoredInputs inputs, string output, string prompt, CancellationToken cancellationToken)
    {
        if (_context.Store.Verdicts.Find(key) is { } known)
        {
            return known;
        }

        var (answer, call) = await AskAsync(prompt, cancellationToken).ConfigureAwait(false);
        var score = JudgeAnswer.Score(answer)
            ?? throw new JudgeException($"The judge {_settings.Setting} gave no score: its answer has no line 'SCORE: n' with n from 0 to 10.");
        _context.Store.Verdicts.Add(
            new Verdict
            {
                Key = key,
                Node = name,
                Judge = HashOf(name),
                CaseHash = one.Hash,
                InputsHash = inputs.Hash,
                OutputHash = ContentHash.OfText(output),
                Score = score,
                Answer = answer,
                Call = call,
            },
            _context.Time.GetUtcNow());

        // Another process may have been faster; its verdict is the one that counts from then on.
        return _context.Store.Verdicts.Find(key)!.Value;
    }

    private async Task<(string Answer, CallRecord Call)> AskAsync(string prompt, CancellationToken cancellationToken)
    {
        var calls = new List<CallRecord>();
        var agent = new SubAgentContext(
            "judge", _settings.Setting, _context.Models[_settings.Setting.Model], new SubAgentCall { Seed = ContentHash.Seed("judge", prompt) }, calls.Add);

        // Counted for its own share: what calls beside it have is not to grow by it.
        using var energy = _context.EnergyOf(_settings.Setting.Model)?.Begin();
        try
        {
            var response = await agent.CompleteAsync(prompt, cancellationToken).ConfigureAwait(false);
            return (response.Text, calls[0]);
        }
        catch (Exception e) when (e is not LimitReachedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new JudgeException($"The judge {_settings.Setting} failed: {FailureText.Of(e)}", e);
        }
    }
}
