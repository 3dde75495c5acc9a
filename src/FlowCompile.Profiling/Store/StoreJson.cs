using System.Text.Json.Serialization;

namespace FlowCompile.Profiling;

/// <summary>Reads and writes what a store keeps as JSON, by code made when this is built: reflection would take longer than the rest of the reading.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ProfileManifest))]
internal sealed partial class StoreJson : JsonSerializerContext;
