//! Who may what: roles, rights, and the one who asks.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{address::Address, agency::Scope, lang::Lang};

/// What a person is in the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Nobody known, over real data: reads figures of the whole city, where the public is let in at all.
    Public,
    /// Nobody known: reads invented data, where visitors are let in at all.
    Visitor,
    /// Reads everything.
    Leader,
    /// Reads, takes lists away, freezes months and writes what a meeting concluded.
    Analyst,
    /// Reads, and brings data in.
    DataOfficer,
    /// Everything, and who else may what.
    Admin,
}

/// Something that not everybody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// See the pages of figures and take away their charts and tables, as far as the scope goes.
    ReadFigures,
    /// See the rows behind the figures, what came in and what was reported; take away briefs and forms; search.
    Read,
    /// Take away lists of case files row by row.
    TakeLists,
    /// Freeze months, keep the letterhead, write down what a meeting concluded.
    WriteNotes,
    /// Hand in files, import, undo, keep mappings.
    Import,
    /// Let people in, give them roles, read the audit log.
    Administer,
}

impl Role {
    /// Every role, from least to most.
    pub const ALL: [Self; 6] =
        [Self::Public, Self::Visitor, Self::Leader, Self::Analyst, Self::DataOfficer, Self::Admin];
    /// The roles that a person can be given.
    pub const GIVEN: [Self; 4] = [Self::Leader, Self::Analyst, Self::DataOfficer, Self::Admin];

    /// Whether the role holds a right. This table is the whole rule.
    #[must_use]
    pub fn may(self, right: Right) -> bool {
        match right {
            Right::ReadFigures => true,
            Right::Read => self != Self::Public,
            // A visitor sees invented rows alone, and may try what a list looks like in a spreadsheet.
            Right::TakeLists => {
                matches!(self, Self::Visitor | Self::Analyst | Self::DataOfficer | Self::Admin)
            }
            Right::WriteNotes => matches!(self, Self::Analyst | Self::Admin),
            Right::Import => matches!(self, Self::DataOfficer | Self::Admin),
            Right::Administer => self == Self::Admin,
        }
    }

    /// The word on the command line, in forms and in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Visitor => "visitor",
            Self::Leader => "leader",
            Self::Analyst => "analyst",
            Self::DataOfficer => "data_officer",
            Self::Admin => "admin",
        }
    }

    /// The word on a screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Public => lang.of("Công chúng", "The public"),
            Self::Visitor => lang.of("Khách", "Visitor"),
            Self::Leader => lang.of("Lãnh đạo", "Leader"),
            Self::Analyst => lang.of("Chuyên viên tổng hợp", "Analyst"),
            Self::DataOfficer => lang.of("Cán bộ dữ liệu", "Data officer"),
            Self::Admin => lang.of("Quản trị", "Administrator"),
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no role that a person can be given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "vai trò là leader, analyst, data_officer hoặc admin / the role is leader, analyst, data_officer or admin"
)]
pub struct ParseRoleError;

impl FromStr for Role {
    type Err = ParseRoleError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::GIVEN.into_iter().find(|role| role.as_str() == text).ok_or(ParseRoleError)
    }
}

/// Who is behind a request.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Identity {
    /// Nobody known.
    Visitor,
    /// Whoever sits at the server's own machine, while nobody can sign in yet.
    Machine,
    /// A person who signed in, by number and sign-in name.
    Person(i64, String),
    /// A program with a token of its own, by the name the token was given to.
    System(String),
}

/// The one who asks: who it is, what it may do, and of which agencies.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Actor {
    /// Who.
    pub identity: Identity,
    /// As what.
    pub role: Role,
    /// Of which agencies.
    pub scope: Scope,
}

impl Actor {
    /// A visitor of invented data: reads the whole city.
    #[must_use]
    pub fn visitor() -> Self {
        Self { identity: Identity::Visitor, role: Role::Visitor, scope: Scope::All }
    }

    /// The public: nobody known, over real data.
    #[must_use]
    pub fn public() -> Self {
        Self { identity: Identity::Visitor, role: Role::Public, scope: Scope::Public }
    }

    /// Whoever sits at the server's own machine: everything but letting people in, for which there is a link.
    #[must_use]
    pub fn machine() -> Self {
        Self { identity: Identity::Machine, role: Role::Admin, scope: Scope::All }
    }

    /// A program that reads with a token.
    #[must_use]
    pub fn system(name: String) -> Self {
        Self { identity: Identity::System(name), role: Role::Leader, scope: Scope::All }
    }

    /// Whether a right is held. People are let in by people alone.
    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        self.role.may(right) && (right != Right::Administer || matches!(self.identity, Identity::Person(..)))
    }

    /// Whether the whole city is in sight, row by row: what is one for all of it can be changed by nobody else.
    #[must_use]
    pub fn is_city_wide(&self) -> bool {
        self.scope == Scope::All
    }

    /// The name in the audit log.
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.identity {
            Identity::Visitor => "(visitor)",
            Identity::Machine => "(this machine)",
            Identity::Person(_, name) | Identity::System(name) => name,
        }
    }

    /// The address as it is answered: who is bound to an agency asks for that one unless another is named.
    #[must_use]
    pub fn narrowed(&self, address: Address) -> Address {
        match &self.scope {
            Scope::Below(code) if address.filter.agency.is_none() => {
                let filter = crate::filter::Filter { agency: Some(code.clone()), ..address.filter };
                Address { filter, ..address }
            }
            Scope::All | Scope::Below(_) | Scope::Public => address,
        }
    }
}

/// The fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 12;
/// The most bytes of one: beyond, hashing would be work for an attacker to give.
pub const LONGEST_PASSWORD: usize = 256;
/// The most characters of a sign-in name.
const LONGEST_NAME: usize = 64;

/// The most characters of a name at a provider of OpenID Connect.
const LONGEST_OPENID_NAME: usize = 200;

/// What is wrong with a name, a password or a role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PersonError {
    /// The sign-in name has other letters.
    #[error(
        "tên đăng nhập: 2–64 ký tự a–z, 0–9, dấu chấm, gạch nối, gạch dưới hoặc @, bắt đầu bằng chữ hoặc số / \
         the sign-in name: 2–64 characters of a–z, 0–9, dot, hyphen, underscore or @, beginning with a letter or digit"
    )]
    Name,
    /// The name shown is empty or very long.
    #[error("họ tên: viết từ 1 đến 100 ký tự / the full name: write 1 to 100 characters")]
    ShownAs,
    /// The name at the single sign-on is very long, or holds signs that do not print.
    #[error(
        "tên ở hệ thống đăng nhập chung: nhiều nhất 200 ký tự, không có ký tự điều khiển / \
         the name at the single sign-on: at most 200 characters, none of them control characters"
    )]
    OpenIdName,
    /// The password is short.
    #[error(
        "mật khẩu quá ngắn: cần ít nhất {SHORTEST_PASSWORD} ký tự; một câu dài dễ nhớ là tốt nhất / \
         the password is too short: at least {SHORTEST_PASSWORD} characters; a long sentence is best"
    )]
    ShortPassword,
    /// The password is very long.
    #[error(
        "mật khẩu quá dài: nhiều nhất {LONGEST_PASSWORD} byte / the password is too long: at most {LONGEST_PASSWORD} bytes"
    )]
    LongPassword,
    /// The password is easily guessed.
    #[error(
        "mật khẩu dễ đoán: đừng dùng tên đăng nhập, một ký tự lặp lại hay dãy phím quen thuộc / \
         the password is easily guessed: use neither your name, nor one character repeated, nor a familiar row of keys"
    )]
    EasyPassword,
}

/// A sign-in name as it is kept: small letters, without spaces around.
///
/// # Errors
/// When it has letters that names do not have.
pub fn sign_in_name(text: &str) -> Result<String, PersonError> {
    let name = text.trim().to_lowercase();
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let is_fine = (2..=LONGEST_NAME).contains(&name.len())
        && name.starts_with(is_letter)
        && name.chars().all(|c| is_letter(c) || ".-_@".contains(c));
    if is_fine { Ok(name) } else { Err(PersonError::Name) }
}

/// The name that a provider of OpenID Connect knows a person by, as it is kept and compared: small letters, without
/// spaces around; none when nothing is written.
///
/// # Errors
/// When it is very long or holds signs that do not print.
pub fn openid_name(text: &str) -> Result<Option<String>, PersonError> {
    let name = text.trim().to_lowercase();
    if name.chars().count() > LONGEST_OPENID_NAME || name.chars().any(char::is_control) {
        return Err(PersonError::OpenIdName);
    }
    Ok(Some(name).filter(|name| !name.is_empty()))
}

/// A person's full name as it is kept.
///
/// # Errors
/// When it is empty, very long, or holds signs that do not print.
pub fn full_name(text: &str) -> Result<String, PersonError> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_fine = (1..=100).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if is_fine { Ok(name) } else { Err(PersonError::ShownAs) }
}

/// Says whether a password will do for a sign-in name (NIST SP 800-63B 3.1.1.2: length and a look at what is commonly
/// guessed, no rule of composition).
///
/// # Errors
/// When it is short, overlong or easily guessed.
pub fn password(text: &str, name: &str) -> Result<(), PersonError> {
    const ROWS: [&str; 7] =
        ["1234567890", "0123456789", "qwertyuiop", "asdfghjkl", "matkhau", "password", "thuocdo"];
    /// So many keys in a row are familiar.
    const PART_OF_A_ROW: usize = 4;
    if text.chars().count() < SHORTEST_PASSWORD {
        return Err(PersonError::ShortPassword);
    }
    if text.len() > LONGEST_PASSWORD {
        return Err(PersonError::LongPassword);
    }
    let small = text.to_lowercase();
    let mut rest = if name.is_empty() { small.clone() } else { small.replace(name, "") };
    for row in ROWS {
        // Parts of a row are as familiar as the whole: the longest first.
        for length in (PART_OF_A_ROW..=row.len()).rev() {
            for begin in 0..=row.len() - length {
                rest = rest.replace(&row[begin..begin + length], "");
            }
        }
    }
    let mut letters: Vec<char> = small.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    if rest.chars().count() < 5 || letters.len() < 4 { Err(PersonError::EasyPassword) } else { Ok(()) }
}

/// A place inside the product to go to after signing in, else its first page: never an address of elsewhere.
#[must_use]
pub fn way_back(asked: Option<&str>) -> &str {
    let is_inside = |way: &&str| {
        let mut chars = way.chars();
        chars.next() == Some('/')
            && !matches!(chars.next(), Some('/' | '\\'))
            && way.chars().all(|c| !c.is_control() && c != '\\' && !c.is_whitespace())
    };
    asked.filter(is_inside).unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_holds_the_rights_of_the_written_table_and_no_other() {
        use Right::{Administer, Import, Read, ReadFigures, TakeLists, WriteNotes};
        let table: [(Role, &[Right]); 6] = [
            (Role::Public, &[ReadFigures]),
            (Role::Visitor, &[ReadFigures, Read, TakeLists]),
            (Role::Leader, &[ReadFigures, Read]),
            (Role::Analyst, &[ReadFigures, Read, TakeLists, WriteNotes]),
            (Role::DataOfficer, &[ReadFigures, Read, TakeLists, Import]),
            (Role::Admin, &[ReadFigures, Read, TakeLists, WriteNotes, Import, Administer]),
        ];
        for (role, rights) in table {
            for right in [ReadFigures, Read, TakeLists, WriteNotes, Import, Administer] {
                assert_eq!(role.may(right), rights.contains(&right), "{role} {right:?}");
            }
        }
    }

    #[test]
    fn a_name_at_the_provider_is_compared_without_regard_to_capitals_and_spaces_around() {
        assert_eq!(
            openid_name(" An.Nguyen@Example.gov.vn "),
            Ok(Some("an.nguyen@example.gov.vn".to_owned()))
        );
        assert_eq!(openid_name("  "), Ok(None));
        assert_eq!(openid_name("a\u{0}b"), Err(PersonError::OpenIdName));
        assert_eq!(openid_name(&"ă".repeat(201)), Err(PersonError::OpenIdName));
    }

    #[test]
    fn who_sits_at_the_machine_works_with_the_data_and_lets_nobody_in() {
        let machine = Actor::machine();
        assert!(machine.may(Right::Import) && machine.may(Right::WriteNotes));
        assert!(!machine.may(Right::Administer));
        let person = Actor { identity: Identity::Person(1, "an".to_owned()), ..machine };
        assert!(person.may(Right::Administer));
    }

    #[test]
    fn the_public_asks_about_the_whole_city_and_may_change_nothing_of_it() {
        let public = Actor::public();
        assert!(public.may(Right::ReadFigures) && !public.may(Right::Read));
        assert!(!public.is_city_wide());
        let whole = public.narrowed(Address::default());
        assert_eq!(whole.filter.agency, None);
    }

    #[test]
    fn who_is_bound_to_an_agency_is_shown_that_one_unless_another_is_named() {
        let actor = Actor { scope: Scope::Below("H01".to_owned()), ..Actor::visitor() };
        let parsed = |query: &[(&str, &str)]| Address::parse(query.iter().copied()).expect("an address");
        let agency = |address| actor.narrowed(address).filter.agency;
        assert_eq!(agency(parsed(&[])).as_deref(), Some("H01"));
        assert_eq!(agency(parsed(&[("agency", "X02")])).as_deref(), Some("X02"));
        assert_eq!(Actor::visitor().narrowed(parsed(&[])).filter.agency, None);
    }

    #[test]
    fn roles_keep_their_word_and_nobody_is_made_a_visitor_or_the_public() {
        for role in Role::GIVEN {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        assert!("visitor".parse::<Role>().is_err() && "public".parse::<Role>().is_err());
    }

    #[test]
    fn a_name_is_small_letters_and_a_password_is_long_and_not_a_row_of_keys() {
        assert_eq!(sign_in_name(" Lan.Nguyen@hanoi.gov.vn ").as_deref(), Ok("lan.nguyen@hanoi.gov.vn"));
        for wrong in ["a", ".an", "an lan", "an<b>", "ẩn", "", &"a".repeat(65)] {
            assert_eq!(sign_in_name(wrong), Err(PersonError::Name), "{wrong}");
        }
        assert_eq!(password("ngắn", "an"), Err(PersonError::ShortPassword));
        for easy in ["123456789012", "aaaaaaaaaaaa", "qwertyuiop123", "nguyenlan123", "MatKhau123456"] {
            let said = password(easy, "nguyenlan");
            assert_eq!(said, Err(PersonError::EasyPassword), "{easy}");
        }
        assert_eq!(password("sông Hồng mùa nước nổi", "an"), Ok(()));
        assert_eq!(password(&"dài lắm".repeat(40), "an"), Err(PersonError::LongPassword));
        assert_eq!(full_name("  Nguyễn   Thị Bưởi ").as_deref(), Ok("Nguyễn Thị Bưởi"));
        assert!(full_name(" \t ").is_err());
    }

    #[test]
    fn the_way_back_stays_inside() {
        assert_eq!(way_back(Some("/ho-so?period=2023-Q1")), "/ho-so?period=2023-Q1");
        for outside in
            ["https://evil.example", "//evil.example", "/\\evil.example", "ho-so", "", "/a\r\nb", "/\tb"]
        {
            assert_eq!(way_back(Some(outside)), "/", "{outside:?}");
        }
        assert_eq!(way_back(None), "/");
    }
}
