using BenchmarkDotNet.Running;
using FlowCompile.Benchmarks;

BenchmarkSwitcher.FromTypes([typeof(RunBenchmarks), typeof(SelectBenchmarks)]).Run(args);
