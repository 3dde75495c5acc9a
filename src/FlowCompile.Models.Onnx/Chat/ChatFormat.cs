namespace FlowCompile.Models.Onnx;

/// <summary>How a model wants a conversation written. A format is data: what stands before and behind the contents, and what is known of thinking.</summary>
internal sealed record ChatFormat
{
    /// <summary>The name, as settings say it.</summary>
    public required string Name { get; init; }

    /// <summary>Texts that are in the chat template of such a model, all of them; its double quotation marks read as single ones and its <c>\n</c> as line breaks.</summary>
    public required IReadOnlyList<string> Has { get; init; }

    /// <summary>Texts that are in the templates of other formats, and not in this one's.</summary>
    public IReadOnlyList<string> HasNot { get; init; } = [];

    /// <summary>The tokens that the format writes: the tokenizer has to have each. Contents cannot make them.</summary>
    public required IReadOnlyList<string> Tokens { get; init; }

    /// <summary>The token by which the model ends its answer.</summary>
    public required string End { get; init; }

    /// <summary>What a text begins with, where no template says it.</summary>
    public string Begin { get; init; } = "";

    /// <summary>What is around the content of a system message that has a turn of its own.</summary>
    public ChatTurn System { get; init; } = new("", "");

    /// <summary>What is around the content of a user.</summary>
    public required ChatTurn User { get; init; }

    /// <summary>What is around an earlier answer.</summary>
    public required ChatTurn Assistant { get; init; }

    /// <summary>What is written before the answer that is wanted.</summary>
    public required string Answer { get; init; }

    /// <summary>Where the first system message goes.</summary>
    public SystemPlace SystemPlace { get; init; }

    /// <summary>Whether system messages may come later too, each in a turn of its own.</summary>
    public bool HasSystemAnywhere { get; init; }

    /// <summary>Whether white space around contents is left out.</summary>
    public bool Trims { get; init; }

    /// <summary>Whether users and answers have to take turns.</summary>
    public bool TakesTurns { get; init; }

    /// <summary>How the model thinks; <see langword="null"/> where it does not.</summary>
    public ChatThinking? Thinking { get; init; }

    /// <summary>What begins every system message, with its content behind it; read from the template.</summary>
    public string SystemPrefix { get; init; } = "";

    /// <summary>The content of the system message where a conversation has none; read from the template, <see langword="null"/> for none.</summary>
    public string? DefaultSystem { get; init; }

    /// <summary>Whether a template is of this format.</summary>
    /// <param name="template">The template, with its quotation marks and line breaks as <see cref="Has"/> has them.</param>
    public bool Fits(string template) => Has.All(text => template.Contains(text, StringComparison.Ordinal))
        && !HasNot.Any(text => template.Contains(text, StringComparison.Ordinal));
}
