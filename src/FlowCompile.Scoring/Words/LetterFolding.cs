using System.Collections.Frozen;

namespace FlowCompile.Scoring;

/// <summary>Letters without their marks, in lower case: é is e. It does not depend on the culture, nor on what the machine knows of Unicode.</summary>
internal static class LetterFolding
{
    private static readonly Dictionary<char, string> s_marked = new()
    {
        ['a'] = "ÀÁÂÃÄÅàáâãäåĀāĂăĄąǍǎǞǟǠǡǺǻȀȁȂȃȦȧḀḁẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặ",
        ['b'] = "ḂḃḄḅḆḇ",
        ['c'] = "ÇçĆćĈĉĊċČčḈḉ",
        ['d'] = "ĎďĐđḊḋḌḍḎḏḐḑḒḓ",
        ['e'] = "ÈÉÊËèéêëĒēĔĕĖėĘęĚěȄȅȆȇȨȩḔḕḖḗḘḙḚḛḜḝẸẹẺẻẼẽẾếỀềỂểỄễỆệ",
        ['f'] = "Ḟḟ",
        ['g'] = "ĜĝĞğĠġĢģǦǧǴǵḠḡ",
        ['h'] = "ĤĥĦħȞȟḢḣḤḥḦḧḨḩḪḫẖ",
        ['i'] = "ÌÍÎÏìíîïĨĩĪīĬĭĮįİıǏǐȈȉȊȋḬḭḮḯỈỉỊị",
        ['j'] = "Ĵĵǰ",
        ['k'] = "ĶķǨǩḰḱḲḳḴḵ",
        ['l'] = "ĹĺĻļĽľŁłḶḷḸḹḺḻḼḽ",
        ['m'] = "ḾḿṀṁṂṃ",
        ['n'] = "ÑñŃńŅņŇňǸǹṄṅṆṇṈṉṊṋ",
        ['o'] = "ÒÓÔÕÖØòóôõöøŌōŎŏŐőƠơǑǒǪǫǬǭǾǿȌȍȎȏȪȫȬȭȮȯȰȱṌṍṎṏṐṑṒṓỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợ",
        ['p'] = "ṔṕṖṗ",
        ['r'] = "ŔŕŖŗŘřȐȑȒȓṘṙṚṛṜṝṞṟ",
        ['s'] = "ŚśŜŝŞşŠšȘșṠṡṢṣṤṥṦṧṨṩ",
        ['t'] = "ŢţŤťȚțṪṫṬṭṮṯṰṱẗ",
        ['u'] = "ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲųƯưǓǔǕǖǗǘǙǚǛǜȔȕȖȗṲṳṴṵṶṷṸṹṺṻỤụỦủỨứỪừỬửỮữỰự",
        ['v'] = "ṼṽṾṿ",
        ['w'] = "ŴŵẀẁẂẃẄẅẆẇẈẉẘ",
        ['x'] = "ẊẋẌẍ",
        ['y'] = "ÝýÿŶŷŸȲȳẎẏẙỲỳỴỵỶỷỸỹ",
        ['z'] = "ŹźŻżŽžẐẑẒẓẔẕ",
        ['æ'] = "ǢǣǼǽ",
        ['ſ'] = "ẛ",
        ['ʒ'] = "Ǯǯ",
        ['α'] = "Άά",
        ['ε'] = "Έέ",
        ['η'] = "Ήή",
        ['ι'] = "ΊΐΪίϊ",
        ['ο'] = "Όό",
        ['υ'] = "ΎΫΰϋύ",
        ['ω'] = "Ώώ",
        ['е'] = "ЀЁѐё",
        ['и'] = "Ѝѝ",
    };

    private static readonly FrozenDictionary<char, char> s_plain = s_marked.SelectMany(pair => pair.Value.Select(letter => KeyValuePair.Create(letter, pair.Key))).ToFrozenDictionary();

    /// <summary>A letter in lower case, without its mark.</summary>
    public static char Fold(char letter)
    {
        if (char.IsAscii(letter))
        {
            return char.ToLowerInvariant(letter);
        }

        var full = letter is >= '\uFF01' and <= '\uFF5E' ? (char)(letter - '\uFF01' + '!') : letter;
        return s_plain.TryGetValue(full, out var plain) ? plain : char.ToLowerInvariant(full);
    }
}
