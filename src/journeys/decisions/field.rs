//! What can be decided. Numbers are places in the plan's lists.

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The tenant's name, where no connection tells it.
    TenantName,
    /// Its initial domain.
    TenantDomain,
    /// Its id.
    TenantId,
    /// Its license.
    License,
    /// How many accounts.
    Accounts,
    /// User name.
    UserName(usize),
    /// Display name.
    DisplayName(usize),
    /// An existing account to adopt.
    Adopt(usize),
    /// Second factor.
    Method(usize),
    /// How many keys.
    Keys(usize),
    /// Serial number of a key.
    Serial(usize, usize),
    /// Model of a key.
    Model(usize, usize),
    /// Safe of a key.
    KeySafe(usize, usize),
    /// Safe of the PIN slip.
    PinSafe(usize),
    /// Dedicated phone.
    Phone(usize),
    /// Where what unlocks it lies.
    PhoneCodes(usize),
    /// Safe of the password slip.
    Safe(usize),
    /// Custodian of an account whose envelope somebody else keeps than its safe.
    Custodian(usize),
    /// How many people keep the password.
    People(usize),
    /// Safe of the second half.
    SecondSafe(usize),
    /// Custodian of the second half.
    SecondCustodian(usize),
    /// The layout of the safes.
    Layout,
    /// Where a safe stands.
    Place(usize),
    /// What a safe withstands.
    Proof(usize),
    /// Who keeps a safe, or an envelope in it.
    Keeper(usize),
    /// Who keeps it when the custodian is away.
    Deputy(usize),
    /// Password length.
    Length,
    /// After how many minutes a secret that nobody finishes with is forgotten.
    ForgetAfter,
    /// When the role is assigned.
    RoleOrder,
    /// What to do where the role's settings forbid an assignment without end.
    IfForbidden,
    /// The ticket that they may ask for.
    Ticket,
    /// The exclusion group: a new one, or one that is there.
    Group,
    /// What a new exclusion group is called.
    GroupName,
    /// Security defaults.
    Defaults,
    /// Policies that are enabled when security defaults go off.
    Enable,
    /// Where logs go.
    Destination,
    /// The other place, and who watches it.
    Elsewhere,
    /// The Azure subscription.
    Subscription,
    /// Resource group.
    ResourceGroup,
    /// Workspace.
    Workspace,
    /// Region.
    Region,
    /// An action group that is there already.
    ActionGroup,
    /// Recipients of alerts.
    Recipients,
    /// The number of a recipient who is told by SMS as well.
    Sms(usize),
    /// Who approves.
    Approvers,
    /// Who retrieves.
    Retrievers,
    /// Where each use is logged.
    IncidentSystem,
    /// Who owns the upkeep.
    Owner,
    /// Route to paper.
    Route,
    /// The size of the paper.
    PaperSize,
    /// The printer's address.
    Printer,
    /// Whether a page waits there until it is released.
    Hold,
    /// The queue of the print system.
    Queue,
    /// The printer's device file.
    Device,
    /// What the printer behind it understands.
    Language,
    /// The folder of slips that are files.
    Folder,
    /// What kind of files.
    Format,
    /// What QR codes there are.
    Codes,
    /// The name of a secret management system.
    System(usize),
    /// Which system that is, and where in it.
    SystemPlace(usize),
    /// The command that takes a secret there.
    SystemStore(usize),
    /// The command that brings it back.
    SystemRead(usize),
}
