namespace FlowCompile.Compilation;

/// <summary>The names of schedules in plans and on the command line.</summary>
public static class ScheduleNames
{
    /// <summary>The name of a schedule: <c>sequential</c>, <c>parallel</c> or <c>superstep</c>.</summary>
    /// <param name="schedule">The schedule.</param>
    public static string ToName(this Schedule schedule) => schedule switch
    {
        Schedule.Sequential => "sequential",
        Schedule.Parallel => "parallel",
        Schedule.Superstep => "superstep",
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "There is no such schedule."),
    };

    /// <summary>Reads a schedule's name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="CompileException">There is no schedule of that name.</exception>
    public static Schedule Parse(string name) => name switch
    {
        "sequential" => Schedule.Sequential,
        "parallel" => Schedule.Parallel,
        "superstep" => Schedule.Superstep,
        _ => throw new CompileException($"There is no schedule '{name}'; there are: sequential, parallel, superstep."),
    };
}
