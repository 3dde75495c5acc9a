namespace FlowCompile.Testing.Mutators;

/// <summary>A piece of JSON as it is written, which may hold what no JSON holds: keys that repeat, numbers that are none.</summary>
internal sealed class JsonPiece
{
    /// <summary>The members of an object; otherwise <see langword="null"/>. Keys are written as they are, quotes included.</summary>
    public List<KeyValuePair<string, JsonPiece>>? Members { get; set; }

    /// <summary>The items of a list; otherwise <see langword="null"/>.</summary>
    public List<JsonPiece>? Items { get; set; }

    /// <summary>The text of anything else, as it is written.</summary>
    public string Text { get; set; } = "";

    /// <summary>The pieces inside, its own first, each with the member it is the value of.</summary>
    public IEnumerable<(string? Key, JsonPiece Piece)> All(string? key = null)
    {
        yield return (key, this);
        foreach (var (name, member) in Members ?? [])
        {
            foreach (var inner in member.All(name))
            {
                yield return inner;
            }
        }

        foreach (var inner in (Items ?? []).SelectMany(item => item.All(key)))
        {
            yield return inner;
        }
    }

    /// <summary>A copy.</summary>
    public JsonPiece Copy() => new()
    {
        Members = Members is null ? null : [.. Members.Select(member => KeyValuePair.Create(member.Key, member.Value.Copy()))],
        Items = Items is null ? null : [.. Items.Select(item => item.Copy())],
        Text = Text,
    };

    /// <summary>Takes the place of what it was.</summary>
    public void Become(JsonPiece other) => (Members, Items, Text) = (other.Members, other.Items, other.Text);
}
