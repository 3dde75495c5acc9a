using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace FlowCompile;

/// <summary>
/// What the calls of one sub-agent run under: one setting for all of them, or a setting for each replica or repair attempt.
/// </summary>
/// <remarks>
/// Replicas are exchangeable, so plans and compiler keep their settings in one order (<see cref="ForReplicas"/>). The attempts of a repairer come one after
/// another: their order counts.
/// </remarks>
public readonly struct CallSettings : IEquatable<CallSettings>
{
    private readonly Setting _first;
    private readonly Setting[]? _each; // where they differ

    /// <summary>One setting for all calls.</summary>
    /// <param name="setting">The setting.</param>
    public CallSettings(Setting setting) => _first = setting;

    /// <summary>A setting for each call, in order. Where they are all the same, that is one setting for all calls.</summary>
    /// <param name="settings">The settings of the calls, at least one.</param>
    /// <exception cref="ArgumentException"><paramref name="settings"/> is empty.</exception>
    public CallSettings(params IReadOnlyList<Setting> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Count == 0)
        {
            throw new ArgumentException("There is no setting; give one, or one for each call.", nameof(settings));
        }

        _first = settings[0];
        _each = settings.All(setting => setting == settings[0]) ? null : [.. settings];
    }

    /// <summary>Whether all calls have the same setting.</summary>
    public bool IsUniform => _each is null;

    /// <summary>The number of settings: 1 where all calls have the same, otherwise the number of calls.</summary>
    public int Count => _each?.Length ?? 1;

    /// <summary>The setting of the first call.</summary>
    public Setting First => _first;

    /// <summary>The settings that occur, each once, in the order of the calls.</summary>
    public IReadOnlyList<Setting> Distinct => _each is null ? [_first] : [.. _each.Distinct()];

    /// <summary>The models that occur, each once, in the order of the calls.</summary>
    public IReadOnlyList<string> Models => _each is null ? [_first.Model] : [.. _each.Select(setting => setting.Model).Distinct(StringComparer.Ordinal)];

    /// <summary>The setting of one call.</summary>
    /// <param name="call">Which replica or repair attempt, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="call"/> is below 0, or the settings differ and there is none for it.</exception>
    public Setting this[int call]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(call);
            if (_each is null)
            {
                return _first;
            }

            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(call, _each.Length);
            return _each[call];
        }
    }

    /// <summary>The settings of replicas, in the order in which plans and compiler keep them: least budget first, of one budget by the model's name.</summary>
    /// <param name="settings">The settings of the replicas, at least one.</param>
    /// <exception cref="ArgumentException"><paramref name="settings"/> is empty.</exception>
    public static CallSettings ForReplicas(params IEnumerable<Setting> settings) =>
        new([.. settings.OrderBy(setting => setting.Budget).ThenBy(setting => setting.Model, StringComparer.Ordinal)]);

    /// <summary>One setting for all calls.</summary>
    /// <param name="setting">The setting.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "The constructor is the alternative.")]
    public static implicit operator CallSettings(Setting setting) => new(setting);

    /// <summary>Whether two are the same settings, call by call.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(CallSettings left, CallSettings right) => left.Equals(right);

    /// <summary>Whether two differ in the setting of a call.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(CallSettings left, CallSettings right) => !left.Equals(right);

    /// <summary>Whether some call runs under a setting.</summary>
    /// <param name="setting">The setting.</param>
    public bool Contains(Setting setting) => _each is null ? _first == setting : Array.IndexOf(_each, setting) >= 0;

    /// <summary>Whether some call runs on a model.</summary>
    /// <param name="model">The model's name in the catalog.</param>
    public bool Uses(string model) => _each is null ? _first.Model == model : Array.Exists(_each, setting => setting.Model == model);

    /// <inheritdoc/>
    public bool Equals(CallSettings other) => _first == other._first
        && (_each is null ? other._each is null : other._each is not null && _each.AsSpan().SequenceEqual(other._each));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CallSettings other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(_first);
        foreach (var setting in _each ?? [])
        {
            hash.Add(setting);
        }

        return hash.ToHashCode();
    }

    /// <summary>The settings as text: <c>mini@64</c> where all calls have the same, otherwise call by call, <c>nano@16*2+mini@64</c>.</summary>
    public override string ToString()
    {
        if (_each is null)
        {
            return _first.ToString();
        }

        var text = new StringBuilder();
        for (var call = 0; call < _each.Length;)
        {
            var next = call;
            while (next < _each.Length && _each[next] == _each[call])
            {
                next++;
            }

            text.Append(call == 0 ? "" : "+").Append(_each[call]);
            if (next > call + 1)
            {
                text.Append(CultureInfo.InvariantCulture, $"*{next - call}");
            }

            call = next;
        }

        return text.ToString();
    }

    /// <summary>The settings of a number of calls as text after the sub-agent's name: <c>=mini@64</c>, <c>*2=mini@64</c> or <c>=nano@16+mini@64</c>.</summary>
    /// <param name="calls">The number of calls.</param>
    internal string Assigned(int calls) => calls == 1 || !IsUniform ? $"={this}" : string.Create(CultureInfo.InvariantCulture, $"*{calls}={this}");

    /// <summary>Reads settings written by <see cref="ToString"/>.</summary>
    /// <param name="text">The text: <c>model@budget</c>, or several of those joined by <c>+</c>, each with <c>*n</c> after it where it stands for n calls.</param>
    /// <exception cref="FormatException"><paramref name="text"/> is no such text.</exception>
    public static CallSettings Parse(string text) => TryParse(text, out var settings)
        ? settings
        : throw new FormatException($"'{text}' is not the settings of calls: write model@budget, or one for each call, for example nano@16+mini@64.");

    /// <summary>Reads settings written by <see cref="ToString"/>, and says whether they were ones.</summary>
    /// <param name="text">The text.</param>
    /// <param name="settings">The settings, where they are ones.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out CallSettings settings)
    {
        settings = default;
        if (TryReadCalls(text) is not { } calls)
        {
            return false;
        }

        settings = new CallSettings(calls);
        return true;
    }

    /// <summary>Reads the settings of calls, one for each call that the text stands for; <see langword="null"/> where it is no such text.</summary>
    /// <param name="text">The text.</param>
    internal static List<Setting>? TryReadCalls(string? text)
    {
        const int Most = 1 << 10; // far more calls than a node has
        List<Setting> calls = [];
        for (var start = 0; text is not null;)
        {
            var end = EndOf(text, start);
            var term = text[start..end];
            var star = term.LastIndexOf('*');
            var times = 1;
            if (star > term.LastIndexOf('@')
                && (!int.TryParse(term.AsSpan(star + 1), NumberStyles.None, CultureInfo.InvariantCulture, out times) || times is 0 or > Most))
            {
                return null;
            }

            if (!Setting.TryParse(star > term.LastIndexOf('@') ? term[..star] : term, out var setting) || calls.Count + times > Most)
            {
                return null;
            }

            calls.AddRange(Enumerable.Repeat(setting, times));
            if (end == text.Length)
            {
                return calls;
            }

            start = end + 1;
        }

        return null;
    }

    /// <summary>Where a term ends: at the first plus sign after a budget and a number of calls. A model's name may have such a sign too.</summary>
    private static int EndOf(string text, int start)
    {
        for (var at = text.IndexOf('@', start); at >= 0; at = text.IndexOf('@', at + 1))
        {
            var end = at + 1;
            while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '*'))
            {
                end++;
            }

            if (end > at + 1 && end < text.Length && text[end] == '+')
            {
                return end;
            }
        }

        return text.Length;
    }
}
