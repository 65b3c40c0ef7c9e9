/*!
The families of institutions: whose office it is, whose act, whose meeting.

A family is what the lexicon tables agree on. It says nothing of a single institution, and `Other` says only that
nothing may be concluded.
*/

/// A kind of institution with offices and acts of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// 人民检察院
    Procuratorate,
    /// 人民法院
    Court,
    /// 公安机关
    Police,
    /// 监察机关
    Supervision,
    /// 司法行政机关
    Justice,
    /// 国家安全机关
    Security,
    /// 人大
    Congress,
    /// 政协
    Cppcc,
    /// 人民政府及其部门
    Government,
    /// 党委及其部门
    Party,
    /// 企业
    Enterprise,
    /// 学校
    School,
    /// 医院
    Hospital,
    /// 军队
    Military,
    /// 社会组织
    Organization,
    /// 新闻单位
    Media,
    /// 科研机构
    Research,
    /// 海关、税务
    CustomsTax,
    /// Several families at once, a foreign body, or unknown.
    Other,
}

const NAMES: &[(&str, Family, &str)] = &[
    ("procuratorate", Family::Procuratorate, "人民检察院"),
    ("court", Family::Court, "人民法院"),
    ("police", Family::Police, "公安机关"),
    ("supervision", Family::Supervision, "监察机关"),
    ("justice", Family::Justice, "司法行政机关"),
    ("security", Family::Security, "国家安全机关"),
    ("congress", Family::Congress, "人大"),
    ("cppcc", Family::Cppcc, "政协"),
    ("government", Family::Government, "行政机关"),
    ("party", Family::Party, "党委部门"),
    ("enterprise", Family::Enterprise, "企业"),
    ("school", Family::School, "学校"),
    ("hospital", Family::Hospital, "医院"),
    ("military", Family::Military, "军队"),
    ("organization", Family::Organization, "社会组织"),
    ("media", Family::Media, "新闻单位"),
    ("research", Family::Research, "科研机构"),
    ("customs_tax", Family::CustomsTax, "海关、税务机关"),
    ("other", Family::Other, "其他机构"),
];

impl Family {
    /// The family with that name in the lexicon.
    pub fn named(name: &str) -> Option<Family> {
        NAMES.iter().find(|row| row.0 == name).map(|row| row.1)
    }

    /// The families of a lexicon column, separated by commas; none for `*`.
    pub fn list(column: &str) -> Vec<Family> {
        column.split(',').filter_map(Family::named).collect()
    }

    /// What an editor calls the family.
    pub fn chinese(self) -> &'static str {
        NAMES.iter().find(|row| row.1 == self).map_or("", |row| row.2)
    }

    /// Whether the family is one of law and order, whose members get mistaken for one another.
    pub fn is_legal(self) -> bool {
        matches!(
            self,
            Family::Procuratorate
                | Family::Court
                | Family::Police
                | Family::Supervision
                | Family::Justice
                | Family::Security
        )
    }
}
