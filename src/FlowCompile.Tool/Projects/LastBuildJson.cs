using System.Text.Json.Serialization;

namespace FlowCompile.Tool.Projects;

/// <summary>Reads and writes <see cref="LastBuild"/>'s notes by code made when this is built: reflection would take longer than to compile a small plan.</summary>
[JsonSerializable(typeof(Dictionary<string, LastBuildEntry>))]
internal sealed partial class LastBuildJson : JsonSerializerContext;
