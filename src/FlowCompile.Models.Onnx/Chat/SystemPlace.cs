namespace FlowCompile.Models.Onnx;

/// <summary>Where the first system message of a conversation goes.</summary>
internal enum SystemPlace
{
    /// <summary>It has a turn of its own.</summary>
    Turn,

    /// <summary>It is written before the first user's content, with a blank line between.</summary>
    FirstUser,

    /// <summary>It is written before the last user's content, with a blank line between.</summary>
    LastUser,

    /// <summary>The model takes none.</summary>
    Nowhere,
}
