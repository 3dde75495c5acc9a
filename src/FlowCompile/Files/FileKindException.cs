namespace FlowCompile.Files;

/// <summary>A file that is none of the kind that is read: the message says what it is, and what to do.</summary>
internal sealed class FileKindException(string message) : IOException(message);
