namespace FlowCompile.Models.Onnx.Tests;

public sealed class CudaProviderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowcompile-cuda");

    [Fact]
    public void An_application_without_CUDA_is_told_the_package_and_what_it_needs()
    {
        var problem = CudaProvider.Missing([_folder.FullName], isBuiltIn: false);

        Assert.Contains("reference Microsoft.ML.OnnxRuntime.Gpu in place of Microsoft.ML.OnnxRuntime", problem, StringComparison.Ordinal);
        Assert.Contains("CUDA 13", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_flavours_in_one_output_are_named()
    {
        AddProvider();

        var problem = CudaProvider.Missing([AppContext.BaseDirectory, _folder.FullName], isBuiltIn: false);

        Assert.Contains("two flavours of ONNX Runtime are in one application", problem, StringComparison.Ordinal);
        Assert.Contains($"of Microsoft.ML.OnnxRuntime.Gpu lies in {_folder.FullName}", problem, StringComparison.Ordinal);
        Assert.Contains("that of Microsoft.ML.OnnxRuntime, without CUDA", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_provider_that_was_not_copied_is_named_with_its_package()
    {
        var problem = CudaProvider.Missing([_folder.FullName], isBuiltIn: true);

        Assert.Contains("onnxruntime_providers_cuda", problem, StringComparison.Ordinal);
        Assert.Contains(_folder.FullName, problem, StringComparison.Ordinal);
        Assert.Contains("it comes with Microsoft.ML.OnnxRuntime.Gpu", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_speaks_against_a_library_with_its_provider()
    {
        AddProvider();

        Assert.Null(CudaProvider.Missing([_folder.FullName], isBuiltIn: true));
    }

    [Fact]
    public void A_client_says_what_the_automatic_choice_took_and_why()
    {
        using var automatic = new OnnxChatClient(TestModels.Folder("nano"));
        using var asked = new OnnxChatClient(TestModels.Folder("nano"), TestModels.OnCpu);

        Assert.Equal(automatic.CudaProblem is null ? OnnxExecutionProvider.Cuda : OnnxExecutionProvider.Cpu, automatic.ExecutionProvider);
        Assert.Equal(CudaProvider.Missing() is null, automatic.CudaProblem is null || !automatic.CudaProblem.Contains("reference Microsoft.ML.OnnxRuntime.Gpu", StringComparison.Ordinal));
        Assert.Equal((OnnxExecutionProvider.Cpu, null), (asked.ExecutionProvider, asked.CudaProblem));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void AddProvider() => File.WriteAllText(
        Path.Combine(_folder.FullName, OperatingSystem.IsWindows() ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so"), "");
}
