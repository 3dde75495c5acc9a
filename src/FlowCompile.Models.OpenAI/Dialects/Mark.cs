namespace FlowCompile.Models.OpenAI;

/// <summary>A mark in a text.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Length">Its length.</param>
/// <param name="Pair">What it belongs to.</param>
/// <param name="Opens">Whether it opens thinking.</param>
/// <param name="Closes">Whether it closes thinking; one mark may do both.</param>
internal readonly record struct Mark(int At, int Length, MarkPair Pair, bool Opens, bool Closes)
{
    public int End => At + Length;
}
