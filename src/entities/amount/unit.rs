//! Names of units and currencies, once, so that an amount can carry one without owning it.
//!
//! The lists say which word means which unit; a unit that they name and this table lacks would be lost, so
//! [`super::AmountReader::new`] is tested against it.

/// ISO 4217 codes, in order; some of currencies that are gone but still stand in old news.
const CURRENCIES: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "ATS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BEF", "BGN",
    "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTC", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP",
    "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DEM", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ESP", "ETB", "EUR",
    "FIM", "FJD", "FKP", "FRF", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GRD", "GTQ", "GYD", "HKD", "HNL", "HTG",
    "HUF", "IDR", "IEP", "ILS", "INR", "IQD", "IRR", "ISK", "ITL", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF",
    "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK",
    "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NLG", "NOK", "NPR", "NZD",
    "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PTE", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD",
    "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT",
    "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VES", "VND", "VUV", "WST", "XAF",
    "XCD", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
];

/// Units in UCUM's manner where it reads well (`kg`, `km/h`), by their English name where it does not (`celsius`).
const UNITS: &[&str] = &[
    "kg",
    "g",
    "mg",
    "microgram",
    "t",
    "ton",
    "lb",
    "oz",
    "kt",
    "quintal",
    "m",
    "km",
    "cm",
    "mm",
    "decimeter",
    "mi",
    "ft",
    "in",
    "yd",
    "picometer",
    "light-year",
    "ha",
    "acre",
    "L",
    "mL",
    "gal",
    "bbl",
    "pint",
    "teaspoon",
    "tablespoon",
    "bushel",
    "carat",
    "km/h",
    "mph",
    "knot",
    "m/s",
    "W",
    "kW",
    "MW",
    "GW",
    "hp",
    "kWh",
    "MWh",
    "GWh",
    "TWh",
    "J",
    "cal",
    "V",
    "kV",
    "celsius",
    "fahrenheit",
    "degree",
    "bit",
    "byte",
    "kB",
    "MB",
    "GB",
    "TB",
    "kilobit",
    "megabit",
    "gigabit",
    "Hz",
    "kHz",
    "MHz",
    "GHz",
    "dB",
    "TEU",
    "%",
    "nautical mile",
    "cubic foot",
];

/// A unit, its square, its cube.
const POWERS: &[(&str, &str, &str)] = &[
    ("m", "m2", "m3"),
    ("km", "km2", "km3"),
    ("cm", "cm2", "cm3"),
    ("mm", "mm2", "mm3"),
    ("mi", "square mile", "cubic mile"),
    ("ft", "square foot", "cubic foot"),
    ("in", "square inch", "cubic inch"),
    ("yd", "square yard", "cubic yard"),
];

const _: () = {
    let mut at = 1;
    while at < CURRENCIES.len() {
        assert!(number(CURRENCIES[at - 1]) < number(CURRENCIES[at]), "the codes are in order");
        at += 1;
    }
};

/// A code of three letters as a number.
const fn number(code: &str) -> u32 {
    let code = code.as_bytes();
    (code[0] as u32) << 16 | (code[1] as u32) << 8 | code[2] as u32
}

/// The static twin of a unit's or currency's name.
pub(super) fn interned(name: &str) -> Option<&'static str> {
    if let Ok(at) = CURRENCIES.binary_search(&name) {
        return Some(CURRENCIES[at]);
    }
    let powers = POWERS.iter().flat_map(|(_, square, cube)| [square, cube]);
    UNITS.iter().chain(powers).copied().find(|u| *u == name)
}

/// "square" and "cubic" units.
pub(super) fn power(unit: &str, cubic: bool) -> Option<&'static str> {
    let (_, square, cube) = POWERS.iter().find(|(u, ..)| *u == unit)?;
    Some(if cubic { cube } else { square })
}

/// A length by hour or second.
pub(super) fn speed(unit: &str, second: bool) -> Option<&'static str> {
    match (unit, second) {
        ("km", false) => Some("km/h"),
        ("mi", false) => Some("mph"),
        ("m", true) => Some("m/s"),
        _ => None,
    }
}

/// The currency of a sign; a bare `$` is taken for the American one.
pub(super) fn currency_of_sign(sign: char) -> Option<&'static str> {
    Some(match sign {
        '$' => "USD",
        '€' => "EUR",
        '£' => "GBP",
        '¥' | '￥' => "JPY",
        '₹' => "INR",
        '₨' => "PKR",
        '₩' => "KRW",
        '₽' => "RUB",
        '₺' => "TRY",
        '₦' => "NGN",
        '₪' => "ILS",
        '₫' => "VND",
        '฿' => "THB",
        '₱' => "PHP",
        '₴' => "UAH",
        '₡' => "CRC",
        '₭' => "LAK",
        '₮' => "MNT",
        '₵' => "GHS",
        '₸' => "KZT",
        '₼' => "AZN",
        '₾' => "GEL",
        '৳' => "BDT",
        '₿' => "BTC",
        _ => return None,
    })
}

/// The currency of letters before `$`: `A$`, `HK$`.
pub(super) fn dollar_of(letters: &str) -> Option<&'static str> {
    const LETTERS: &[(&str, &str)] = &[
        ("us", "USD"),
        ("usd", "USD"),
        ("a", "AUD"),
        ("au", "AUD"),
        ("aud", "AUD"),
        ("c", "CAD"),
        ("ca", "CAD"),
        ("can", "CAD"),
        ("cad", "CAD"),
        ("hk", "HKD"),
        ("nz", "NZD"),
        ("nzd", "NZD"),
        ("s", "SGD"),
        ("sg", "SGD"),
        ("nt", "TWD"),
        ("r", "BRL"),
        ("j", "JMD"),
        ("tt", "TTD"),
        ("ec", "XCD"),
        ("bds", "BBD"),
        ("fj", "FJD"),
        ("n", "NAD"),
        ("z", "ZWG"),
        ("mex", "MXN"),
        ("b", "BND"),
        ("g", "GYD"),
    ];
    // Any word may stand before the sign: most are too long.
    if letters.len() > 3 {
        return None;
    }
    LETTERS.iter().find(|(l, _)| l.eq_ignore_ascii_case(letters)).map(|(_, code)| *code)
}
