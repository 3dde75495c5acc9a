namespace FlowCompile.Testing.Fuzzing;

/// <summary>Makes an input that breaks a rule smaller, as long as it breaks it.</summary>
public static class Shrinker
{
    private const int MostTries = 400;
    private const long MostBytes = 50_000_000;

    /// <summary>Shrinks an input: first back towards its original, then by removing pieces.</summary>
    /// <param name="input">The input.</param>
    /// <param name="fails">Whether an input still breaks the rule.</param>
    public static FuzzInput Shrink(FuzzInput input, Func<FuzzInput, bool> fails)
    {
        // A large input is read a few times only.
        var tries = MostTries - (int)Math.Clamp(MostBytes / (input.Bytes.Length + 1), 10, MostTries);
        var smallest = Restore(input, fails, ref tries);
        return input.Bytes.Length == input.Original.Length ? smallest : Remove(smallest, fails, ref tries);
    }

    // An input of the length of its original, such as a database with flipped bytes: puts back what the rule does not need.
    private static FuzzInput Restore(FuzzInput input, Func<FuzzInput, bool> fails, ref int tries)
    {
        if (input.Bytes.Length != input.Original.Length)
        {
            return input;
        }

        List<int> differing = [.. Enumerable.Range(0, input.Bytes.Length).Where(i => input.Bytes[i] != input.Original[i])];
        for (var size = differing.Count; size > 0; size /= 2)
        {
            for (var start = 0; start < differing.Count && tries < MostTries; tries++)
            {
                var piece = differing.GetRange(start, Math.Min(size, differing.Count - start));
                byte[] bytes = [.. input.Bytes];
                piece.ForEach(at => bytes[at] = input.Original[at]);
                if (fails(input with { Bytes = bytes }))
                {
                    input = input with { Bytes = bytes };
                    differing.RemoveRange(start, piece.Count);
                }
                else
                {
                    start += size;
                }
            }
        }

        return input;
    }

    private static FuzzInput Remove(FuzzInput input, Func<FuzzInput, bool> fails, ref int tries)
    {
        for (var size = Math.Max(1, input.Bytes.Length / 2); size > 0; size /= 2)
        {
            for (var start = 0; start < input.Bytes.Length && tries < MostTries; tries++)
            {
                byte[] bytes = [.. input.Bytes.AsSpan(0, start), .. input.Bytes.AsSpan(Math.Min(start + size, input.Bytes.Length))];
                if (fails(input with { Bytes = bytes }))
                {
                    input = input with { Bytes = bytes };
                }
                else
                {
                    start += size;
                }
            }
        }

        return input;
    }
}
