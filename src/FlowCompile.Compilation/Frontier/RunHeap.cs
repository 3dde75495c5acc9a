namespace FlowCompile.Compilation;

/// <summary>The runs of a <see cref="HeapMerge"/>, the one whose sum comes next on top: lowest primary first, of equal ones the most accurate.</summary>
internal ref struct RunHeap
{
    private readonly Span<Entry> _entries;
    private int _count;

    /// <summary>Creates an empty heap.</summary>
    /// <param name="entries">Room for all runs.</param>
    public RunHeap(Span<Entry> entries) => _entries = entries;

    public readonly bool IsEmpty => _count == 0;

    public readonly ref readonly Entry Top => ref _entries[0];

    public void Add(in Entry entry)
    {
        var place = _count++;
        while (place > 0 && entry.ComesBefore(_entries[(place - 1) >> 1]))
        {
            _entries[place] = _entries[(place - 1) >> 1];
            place = (place - 1) >> 1;
        }

        _entries[place] = entry;
    }

    public void RemoveTop()
    {
        if (--_count > 0)
        {
            ReplaceTop(_entries[_count]);
        }
    }

    public readonly void ReplaceTop(Entry entry)
    {
        var place = 0;
        while ((2 * place) + 1 < _count)
        {
            var child = (2 * place) + 1;
            child += child + 1 < _count && _entries[child + 1].ComesBefore(_entries[child]) ? 1 : 0;
            if (!_entries[child].ComesBefore(entry))
            {
                break;
            }

            _entries[place] = _entries[child];
            place = child;
        }

        _entries[place] = entry;
    }

    /// <summary>The next sum of a run.</summary>
    /// <param name="Primary">Its primary.</param>
    /// <param name="Accuracy">Its accuracy.</param>
    /// <param name="Run">The run: the place in the shorter front.</param>
    /// <param name="Place">The place in the longer front.</param>
    internal readonly record struct Entry(double Primary, double Accuracy, int Run, int Place)
    {
        public bool ComesBefore(in Entry other) => Primary != other.Primary ? Primary < other.Primary
            : Accuracy != other.Accuracy ? Accuracy > other.Accuracy
            : Run < other.Run;
    }
}
