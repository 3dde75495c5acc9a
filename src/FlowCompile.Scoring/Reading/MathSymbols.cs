namespace FlowCompile.Scoring;

/// <summary>The spellings of one thing, and what they are read as.</summary>
internal static class MathSymbols
{
    /// <summary>LaTeX commands that are signs.</summary>
    public static IReadOnlyDictionary<string, string> Commands { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["cdot"] = "*",
        ["times"] = "*",
        ["ast"] = "*",
        ["div"] = "/",
        ["pm"] = "±",
        ["mp"] = "∓",
        ["le"] = "≤",
        ["leq"] = "≤",
        ["leqslant"] = "≤",
        ["ge"] = "≥",
        ["geq"] = "≥",
        ["geqslant"] = "≥",
        ["lt"] = "<",
        ["gt"] = ">",
        ["ne"] = "≠",
        ["neq"] = "≠",
        ["approx"] = "≈",
        ["simeq"] = "≈",
        ["sim"] = "≈",
        ["cong"] = "=",
        ["equiv"] = "≡",
        ["in"] = "∈",
        ["cup"] = "∪",
        ["cap"] = "∩",
        ["setminus"] = "∖",
        ["backslash"] = "∖",
        ["circ"] = "°",
        ["degree"] = "°",
        ["lbrace"] = "{{",
        ["rbrace"] = "}}",
        ["langle"] = "⟨",
        ["rangle"] = "⟩",
        ["lvert"] = "|",
        ["rvert"] = "|",
        ["vert"] = "|",
        ["mid"] = "|",
        ["lbrack"] = "[",
        ["rbrack"] = "]",
        ["colon"] = ":",
        ["emptyset"] = "∅",
        ["varnothing"] = "∅",
        ["mathbbR"] = "ℝ",
        ["prime"] = "'",
        ["land"] = "and",
        ["lor"] = "or",
        ["parallel"] = "∥",
        ["to"] = "→",
        ["rightarrow"] = "→",
        ["perp"] = "⊥",
        ["ldots"] = "…",
        ["dots"] = "…",
        ["cdots"] = "…",
        ["dotsc"] = "…",
        ["dotsb"] = "…",
        ["lfloor"] = "⌊",
        ["rfloor"] = "⌋",
        ["lceil"] = "⌈",
        ["rceil"] = "⌉",
        ["Vert"] = "|",
        ["lVert"] = "|",
        ["rVert"] = "|",
        ["leqq"] = "≤",
        ["geqq"] = "≥",
        ["implies"] = "→",
        ["Rightarrow"] = "→",
        ["longrightarrow"] = "→",
        ["notin"] = "∉",
        ["percent"] = "%",
        ["R"] = "ℝ",
        ["reals"] = "ℝ",
        ["Reals"] = "ℝ",
        ["textdegree"] = "°",
        ["textpercent"] = "%",
        ["bullet"] = "*",
        ["star"] = "*",
    };

    /// <summary>Commands that only change how things look.</summary>
    public static IReadOnlySet<string> Ignored { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr", "displaystyle", "textstyle",
        "limits", "nolimits", "quad", "qquad", "thinspace", "mathstrut", "strut", "hfill", "rm", "bf", "it", "ensuremath",
        "mathcal", "hline", "noindent", "scriptstyle", "nonumber", "cal", "sf", "tt", "small", "large", "Large", "normalsize", "mathop", "nobreak", "allowbreak", "medspace",
        "thickspace", "negthinspace", "enspace", "space", "par", "break", "newline", "therefore", "because", "textup", "checkmark", "blacksquare", "square", "Box", "qed", "mathopen",
        "mathclose", "mathrel", "mathord", "mathpunct", "mathbin", "relax",
    };

    /// <summary>Commands whose argument is a length or nothing that shows.</summary>
    public static IReadOnlySet<string> Sized { get; } = new HashSet<string>(StringComparer.Ordinal) { "hspace", "vspace", "phantom", "hphantom", "vphantom", "color", "label", "tag", "kern" };

    /// <summary>Commands whose argument is text.</summary>
    public static IReadOnlySet<string> Texts { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "text", "mbox", "hbox", "textbf", "textrm", "textit", "textsf", "texttt", "textnormal", "mathrm", "mathbf", "mathit", "mathsf", "mathtt", "operatorname", "unit", "emph",
        "textsc", "textmd", "si", "SI", "num", "hat", "vec", "bar", "tilde", "widehat", "widetilde", "bold", "boldsymbol", "bm", "pmb", "overrightarrow", "underline", "boxed", "fbox", "mathring", "textcolor",
    };

    /// <summary>Functions, in LaTeX or as a plain word.</summary>
    public static IReadOnlySet<string> Functions { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "ln", "log", "exp", "gcd", "lcm", "det", "deg", "max", "min", "Re", "Im",
        "coth", "sech", "csch", "arccot", "arcsec", "arccsc", "arcsinh", "arccosh", "arctanh", "asin", "acos", "atan", "tg", "ctg", "cosec", "lg", "floor", "ceil", "abs", "sgn", "cis",
    };

    /// <summary>Constructions with arguments of their own.</summary>
    public static IReadOnlyDictionary<string, string> Constructions { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["frac"] = "frac",
        ["dfrac"] = "frac",
        ["tfrac"] = "frac",
        ["cfrac"] = "frac",
        ["sfrac"] = "frac",
        ["nicefrac"] = "frac",
        ["sqrt"] = "sqrt",
        ["cbrt"] = "cbrt",
        ["over"] = "over",
        ["choose"] = "choose",
        ["sum"] = "sum",
        ["prod"] = "prod",
        ["int"] = "int",
        ["lim"] = "lim",
        ["pmod"] = "pmod",
        ["bmod"] = "bmod",
        ["mod"] = "bmod",
        ["pod"] = "pmod",
        ["binom"] = "binom",
        ["dbinom"] = "binom",
        ["tbinom"] = "binom",
        ["begin"] = "begin",
        ["end"] = "end",
        ["overline"] = "overline",
    };

    /// <summary>Letters by command or plain word; each is read as its own name unless another stands here.</summary>
    public static IReadOnlyDictionary<string, string> Letters { get; } = new[]
    {
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi",
        "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega", "ell", "hbar", "angle", "triangle", "imath", "jmath", "nabla", "partial", "forall", "exists",
    }.ToDictionary(name => name, StringComparer.Ordinal).With("infty", "∞").With("infinity", "∞").With("inf", "∞").With("varepsilon", "epsilon").With("vartheta", "theta").With("varphi", "phi").With("imath", "i").With("jmath", "j").With("measuredangle", "angle").With("Angle", "angle").With("varrho", "rho").With("varpi", "pi").With("top", "T").With("Infinity", "∞");

    /// <summary>Single characters that are written in more than one way.</summary>
    public static IReadOnlyDictionary<char, string> Characters { get; } = new Dictionary<char, string>
    {
        ['×'] = "*",
        ['·'] = "*",
        ['⋅'] = "*",
        ['∗'] = "*",
        ['∙'] = "*",
        ['•'] = "*",
        ['÷'] = "/",
        ['⁄'] = "/",
        ['∕'] = "/",
        ['≤'] = "≤",
        ['⩽'] = "≤",
        ['≦'] = "≤",
        ['≥'] = "≥",
        ['⩾'] = "≥",
        ['≧'] = "≥",
        ['≠'] = "≠",
        ['≈'] = "≈",
        ['≃'] = "≈",
        ['≅'] = "=",
        ['≡'] = "≡",
        ['∪'] = "∪",
        ['⋃'] = "∪",
        ['∩'] = "∩",
        ['∈'] = "∈",
        ['∉'] = "∉",
        ['∖'] = "∖",
        ['°'] = "°",
        ['º'] = "°",
        ['˚'] = "°",
        ['±'] = "±",
        ['∓'] = "∓",
        ['∅'] = "∅",
        ['⌀'] = "∅",
        ['ℝ'] = "ℝ",
        ['⟨'] = "⟨",
        ['⟩'] = "⟩",
        ['⌊'] = "⌊",
        ['⌋'] = "⌋",
        ['⌈'] = "⌈",
        ['⌉'] = "⌉",
        ['′'] = "'",
        ['∶'] = ":",
        ['→'] = "→",
        ['⇒'] = "→",
        ['∧'] = "and",
        ['∨'] = "or",
        ['∣'] = "|",
        ['∥'] = "|",
        ['、'] = ",",
    };

    /// <summary>Letters that stand for a name.</summary>
    public static IReadOnlyDictionary<char, string> Greek { get; } = new Dictionary<char, string>
    {
        ['∞'] = "∞",
        ['π'] = "pi",
        ['θ'] = "theta",
        ['α'] = "alpha",
        ['β'] = "beta",
        ['γ'] = "gamma",
        ['δ'] = "delta",
        ['ε'] = "epsilon",
        ['λ'] = "lambda",
        ['μ'] = "mu",
        ['σ'] = "sigma",
        ['τ'] = "tau",
        ['φ'] = "phi",
        ['ϕ'] = "phi",
        ['ω'] = "omega",
        ['Δ'] = "Delta",
        ['Ω'] = "Omega",
        ['ρ'] = "rho",
        ['∠'] = "angle",
        ['△'] = "triangle",
        ['∀'] = "forall",
        ['∃'] = "exists",
        ['ℤ'] = "set Z",
        ['ℕ'] = "set N",
        ['ℚ'] = "set Q",
        ['ℂ'] = "set C",
    };

    /// <summary>Signs of money.</summary>
    public static IReadOnlyDictionary<char, string> Currencies { get; } = new Dictionary<char, string>
    {
        ['$'] = "dollar",
        ['€'] = "euro",
        ['£'] = "gbp",
        ['¥'] = "yen",
        ['₹'] = "rupee",
        ['₽'] = "ruble",
        ['₩'] = "won",
        ['¢'] = "cent",
    };

    private static Dictionary<string, string> With(this Dictionary<string, string> letters, string name, string value)
    {
        letters[name] = value;
        return letters;
    }
}
