/// Which codes a country has, and what those that none has are written for.
extension CountryCode {
    /// Whether a viewer can be in it: the countries of ISO 3166-1, and Kosovo, for which databases and CDNs say XK.
    var isAssigned: Bool { Self.assigned.contains(self) || self == Self.kosovo }

    /// Why no rule may name this code, which no country has.
    var unassignedReason: String {
        let meant = Self.mistakes[description].map { ": \($0)" } ?? ": see ISO 3166-1 alpha-2"
        return "no country has the code \(self), so no viewer would match it\(meant)"
    }

    private static let kosovo = CountryCode("X", "K")

    /// What people write, and what they most likely mean: reserved and former codes, languages, and groups of countries.
    private static let mistakes = [
        "UK": "the United Kingdom is GB", "EN": "the United Kingdom is GB, and the United States are US",
        "EL": "Greece is GR", "SU": "Russia is RU", "DD": "Germany is DE", "FX": "France is FR",
        "TP": "Timor-Leste is TL", "ZR": "the Congo is CD", "BU": "Myanmar is MM",
        "YU": "Serbia is RS, and Montenegro is ME",
        "CS": "Czechia is CZ, Serbia is RS, and Montenegro is ME", "AN": "Curaçao is CW, and Sint Maarten is SX",
        "JA": "Japan is JP", "KO": "Korea is KR", "DA": "Denmark is DK", "ZH": "China is CN", "HI": "India is IN",
        "SW": "Sweden is SE, and Switzerland is CH", "UN": "name its countries one by one",
        "EU": "name the countries of the European Union one by one",
        "AP": "name the countries of Asia and the Pacific one by one",
        "XX": "it stands for an unknown country", "ZZ": "it stands for an unknown country",
    ]

    /// The codes of `CountryCode+ISO3166.swift`.
    static let assigned: Set<CountryCode> = [
        .ad, .ae, .af, .ag, .ai, .al, .am, .ao, .aq, .ar, .`as`, .at, .au, .aw, .ax, .az, .ba, .bb, .bd, .be, .bf,
        .bg, .bh, .bi, .bj, .bl, .bm, .bn, .bo, .bq, .br, .bs, .bt, .bv, .bw, .by, .bz, .ca, .cc, .cd, .cf, .cg, .ch,
        .ci, .ck, .cl, .cm, .cn, .co, .cr, .cu, .cv, .cw, .cx, .cy, .cz, .de, .dj, .dk, .dm, .`do`, .dz, .ec, .ee,
        .eg, .eh, .er, .es, .et, .fi, .fj, .fk, .fm, .fo, .fr, .ga, .gb, .gd, .ge, .gf, .gg, .gh, .gi, .gl, .gm, .gn,
        .gp, .gq, .gr, .gs, .gt, .gu, .gw, .gy, .hk, .hm, .hn, .hr, .ht, .hu, .id, .ie, .il, .im, .`in`, .io, .iq,
        .ir, .`is`, .it, .je, .jm, .jo, .jp, .ke, .kg, .kh, .ki, .km, .kn, .kp, .kr, .kw, .ky, .kz, .la, .lb, .lc,
        .li, .lk, .lr, .ls, .lt, .lu, .lv, .ly, .ma, .mc, .md, .me, .mf, .mg, .mh, .mk, .ml, .mm, .mn, .mo, .mp, .mq,
        .mr, .ms, .mt, .mu, .mv, .mw, .mx, .my, .mz, .na, .nc, .ne, .nf, .ng, .ni, .nl, .no, .np, .nr, .nu, .nz, .om,
        .pa, .pe, .pf, .pg, .ph, .pk, .pl, .pm, .pn, .pr, .ps, .pt, .pw, .py, .qa, .re, .ro, .rs, .ru, .rw, .sa, .sb,
        .sc, .sd, .se, .sg, .sh, .si, .sj, .sk, .sl, .sm, .sn, .so, .sr, .ss, .st, .sv, .sx, .sy, .sz, .tc, .td, .tf,
        .tg, .th, .tj, .tk, .tl, .tm, .tn, .to, .tr, .tt, .tv, .tw, .tz, .ua, .ug, .um, .us, .uy, .uz, .va, .vc, .ve,
        .vg, .vi, .vn, .vu, .wf, .ws, .ye, .yt, .za, .zm, .zw,
    ]
}
