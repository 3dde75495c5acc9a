namespace FlowCompile.Testing.Mutators;

/// <summary>Changes which members and items a document has, and how its members are called.</summary>
internal static class JsonShape
{
    /// <summary>Removes, doubles, renames, adds or moves a member or an item.</summary>
    public static void Change(JsonPiece root, Random random)
    {
        List<JsonPiece> holders = [.. root.All().Select(one => one.Piece).Where(one => one.Members is { Count: > 0 } || one.Items is { Count: > 0 })];
        if (holders.Count == 0)
        {
            return;
        }

        var holder = holders[random.Next(holders.Count)];
        if (holder.Items is { } items)
        {
            ChangeItems(items, random);
        }
        else
        {
            ChangeMembers(holder.Members!, root, random);
        }
    }

    /// <summary>Repeats an item or a member many times.</summary>
    public static void Repeat(JsonPiece root, Random random)
    {
        List<JsonPiece> lists = [.. root.All().Select(one => one.Piece).Where(one => one.Items is { Count: > 0 })];
        var times = random.Next(20) == 0 ? 20_000 : random.Next(2, 60);
        if (lists.Count == 0)
        {
            return;
        }

        var list = lists[random.Next(lists.Count)].Items!;
        var item = list[random.Next(list.Count)];
        if (item.All().Take(100).Count() == 100)
        {
            times = Math.Min(times, 200);
        }

        list.AddRange(Enumerable.Range(0, times).Select(_ => item.Copy()));
    }

    private static void ChangeItems(List<JsonPiece> items, Random random)
    {
        var at = random.Next(items.Count);
        switch (random.Next(4))
        {
            case 0:
                items.RemoveAt(at);
                break;
            case 1:
                items.Insert(random.Next(items.Count + 1), items[at].Copy());
                break;
            case 2:
                items.Reverse();
                break;
            default:
                items.Clear();
                break;
        }
    }

    private static void ChangeMembers(List<KeyValuePair<string, JsonPiece>> members, JsonPiece root, Random random)
    {
        var at = random.Next(members.Count);
        var (key, value) = members[at];
        switch (random.Next(7))
        {
            case 0:
                members.RemoveAt(at);
                break;
            case 1:
                members.Insert(random.Next(members.Count + 1), KeyValuePair.Create(key, value.Copy()));
                break;
            case 2:
                members.Insert(random.Next(members.Count + 1), KeyValuePair.Create(key, members[random.Next(members.Count)].Value.Copy()));
                break;
            case 3:
                members[at] = KeyValuePair.Create(Other(key, root, random), value);
                break;
            case 4:
                members.Insert(random.Next(members.Count + 1), KeyValuePair.Create(Other(key, root, random), value.Copy()));
                break;
            case 5:
                var to = random.Next(members.Count);
                (members[at], members[to]) = (KeyValuePair.Create(key, members[to].Value), KeyValuePair.Create(members[to].Key, value));
                break;
            default:
                members.Reverse();
                break;
        }
    }

    private static string Other(string key, JsonPiece root, Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                return key.ToUpperInvariant();
            case 1:
                return key.Length > 2 ? $"\"{key[2..]}" : key;
            case 2:
                return JsonText.Quote(TextSamples.Next(random), escapeAll: random.Next(2) == 0);
            case 3:
                List<string> keys = [.. root.All().SelectMany(one => one.Piece.Members ?? []).Select(member => member.Key).Distinct()];
                return keys[random.Next(keys.Count)];
            default:
                return key.Length > 2 ? $"{key[..^1]}x\"" : key;
        }
    }
}
