namespace FlowCompile.Models.Onnx;

/// <summary>A token that was added to those of the model: it is found in a text before the text is cut.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">What it looks like.</param>
/// <param name="IsSpecial">Whether it steers the model and is no text.</param>
/// <param name="IsWord">Whether it counts only where no letter or digit is beside it.</param>
/// <param name="TakesLeft">Whether it takes the white space before it.</param>
/// <param name="TakesRight">Whether it takes the white space behind it.</param>
internal sealed record AddedToken(int Id, string Content, bool IsSpecial, bool IsWord, bool TakesLeft, bool TakesRight);
