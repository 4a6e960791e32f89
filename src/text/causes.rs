//! What is behind the message of a task, and what to do about it: a table of the error codes and words that OceanBase and the storages
//! are known to send. A message that is not in it is not explained.
//!
//! Where the table's rows are from (as of 2026-11):
//! - OceanBase's codes: `src/share/ob_errno.def` of github.com/oceanbase/oceanbase.
//! - Why archiving breaks off: `reason_str` in `src/logservice/archiveservice/ob_archive_define.cpp` there, which `ob_archive_round_mgr.cpp`
//!   writes to `DBA_OB_SERVER_EVENT_HISTORY`; the comment of an interrupted round: `src/share/backup/ob_archive_checkpoint.cpp`. Which errors
//!   are retried: `ob_archive_sender.cpp`.
//! - How a storage's error becomes a code of OceanBase: `convert_io_error` in `ob_storage_file.cpp`, `ob_storage_oss_base.cpp`,
//!   `ob_storage_s3_base.cpp` and `cos/ob_cos_wrapper.cpp` of `deps/oblib/src/lib/restore`.
//! - OSS: “HTTP 403” and “HTTP 503” of its error codes (help.aliyun.com/zh/oss/support), and its API page of `AppendObject`.
//! - S3: “Error responses” (docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html). `MinIO`: `cmd/api-errors.go`.
//! - COS: “错误码” (cloud.tencent.com/document/product/436/7730). OBS: “错误码” (support.huaweicloud.com/api-obs/obs_04_0115.html).
//! - Files and network: errno(3) and libcurl-errors(3), in Chinese as glibc's `po/zh_CN.po` has them.

use super::texts::LaterTexts;
use crate::domain::task::{StatusKind, Task, Tone};

/// What is behind a message. `causes` in `locales/` has for each what went wrong, and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// Redo log was recycled before it was archived.
    LogRecycled,
    /// A log stream is interrupted, and the message does not say why.
    LogStreamInterrupted,
    /// OceanBase found what it archives to be discontinuous.
    ArchiveDiscontinuous,
    /// The disk of a server is full, not the destination.
    ServerDiskFull,
    /// The destination is full, or its quota is used up.
    DeviceFull,
    /// The account of the storage is in arrears, frozen or disabled.
    AccountBlocked,
    /// A server's clock is too far from the storage's.
    ClockSkewed,
    /// A temporary credential has expired.
    TokenExpired,
    /// The access key is unknown, disabled or wrong.
    KeyInvalid,
    /// Endpoint or region do not fit the bucket.
    WrongEndpoint,
    /// There is no such bucket.
    NoBucket,
    /// The object storage refused access.
    StorageDenied,
    /// The operating system refused access to a directory.
    PathDenied,
    /// The file system is read-only.
    ReadOnly,
    /// A directory is not mounted, or its mount is stale.
    NotMounted,
    /// A server does not reach the destination.
    NotReachable,
    /// The destination belongs to another tenant or cluster.
    ForeignDestination,
    /// The address of the destination is not valid.
    InvalidDestination,
    /// A file or directory is missing at the destination.
    FileMissing,
    /// An object is in cold storage.
    ColdObject,
    /// A file is not as OceanBase left it.
    Overwritten,
    /// A checksum does not match, or its kind is not supported.
    Corrupted,
    /// The host name of the storage cannot be resolved.
    HostUnknown,
    /// No connection to the storage.
    NoConnection,
    /// The storage did not answer in time.
    TimedOut,
    /// The certificate of the storage is not accepted.
    TlsRefused,
    /// The storage limits the requests.
    Throttled,
    /// The storage has a failure of its own.
    StorageFailing,
    /// The tenant has no memory left.
    OutOfMemory,
    /// A server has too many files open.
    TooManyFiles,
    /// The destination refused a write, and the message does not say why.
    SendFailed,
    /// The storage reported an error, and the message does not say which.
    StorageError,
}

/// What a row of the table looks for.
#[derive(Clone, Copy, Debug)]
enum Pattern {
    /// An error code of OceanBase, without its minus: `ret=-9082`, `ERROR 9082 (HY000)`.
    Code(u16),
    /// The same, where the destination is a directory.
    DirectoryCode(u16),
    /// Words of the operating system, which an object storage means in another way.
    SystemWords(&'static str),
    /// A status of HTTP: `HTTP 403`, `status code: 403`, `403 Forbidden`.
    Http(u16),
    /// Whole words, in either case. `#` stands for a number.
    Words(&'static str),
}

use Pattern::{Code, DirectoryCode, Http, SystemWords, Words};

/// The first row that matches says the cause. So what is specific comes before what several causes have in common: a full bucket of OBS is
/// answered 403, too.
#[rustfmt::skip]
const TABLE: [(Cause, &[Pattern]); 32] = [
    (Cause::LogRecycled, &[
        Code(9087), Words("OB_CLOG_RECYCLE_BEFORE_ARCHIVE"), Words("clog is recycled before archive"), Words("clog recycled before archived"),
        Words("log recycled before it was archived"),
    ]),
    (Cause::ArchiveDiscontinuous, &[Words("archive log not continuous"), Words("LS GC before all clog archived")]),
    (Cause::ServerDiskFull, &[
        Code(4184), Code(4264), Words("OB_SERVER_OUTOF_DISK_SPACE"), Words("OB_LOG_OUTOF_DISK_SPACE"), Words("server out of disk space"),
        Words("log out of disk space"),
    ]),
    (Cause::DeviceFull, &[
        Code(9082), Words("OB_BACKUP_DEVICE_OUT_OF_SPACE"), Words("device out of space"), Words("archive device is full"),
        Words("no space left on device"), Words("disk quota exceeded"), Words("ENOSPC"), Words("EDQUOT"), Words("设备上没有空间"),
        Words("超出磁盘限额"), Words("桶配额不足"),
        Words("InsufficientStorageSpace"), Words("bucket storage space is not enough"), Words("XMinioStorageFull"), Http(507),
    ]),
    (Cause::AccountBlocked, &[
        Words("UserDisable"), Words("InDebt"), Words("InDebtOverdue"), Words("BucketDisable"), Words("AbnormalBucketOwnerStatus"),
        Words("InArrearOrInsufficientBalance"), Words("AccountProblem"), Words("FrozenUserId"), Words("DeregisterUserId"),
        Words("NotSignedUp"), Words("欠费"),
    ]),
    (Cause::ClockSkewed, &[
        Words("RequestTimeTooSkewed"), Words("difference between the request time and the current time is too large"),
    ]),
    (Cause::TokenExpired, &[
        Words("ExpiredToken"), Words("InvalidSecurityToken"), Words("InvalidToken"), Words("TokenRefreshRequired"),
        Words("AccessKeyIdAndSecurityTokenNotMatch"), Words("provided token has expired"),
    ]),
    (Cause::KeyInvalid, &[
        Words("InvalidAccessKeyId"), Words("SignatureDoesNotMatch"), Words("access key id you provided does not exist in our records"),
        Words("signature we calculated does not match"),
    ]),
    (Cause::WrongEndpoint, &[
        Code(9117), Code(9118), Words("OB_S3_REGION_MISMATCH"), Words("OB_INVALID_OBJECT_STORAGE_ENDPOINT"),
        Words("does not match the endpoint"), Words("object storage endpoint is invalid"), Words("is wrong; expecting"),
        Words("must be addressed using the specified endpoint"), Words("PermanentRedirect"), Words("IllegalLocationConstraintException"),
        Words("InvalidRegionName"), Words("AuthorizationHeaderMalformed"),
    ]),
    (Cause::NoBucket, &[Words("NoSuchBucket"), Words("specified bucket does not exist"), Words("InvalidBucketName")]),
    // OceanBase has the same codes for NFS and local directories as for object storages.
    (Cause::PathDenied, &[
        DirectoryCode(9071), DirectoryCode(9116), Code(9102), SystemWords("permission denied"), SystemWords("operation not permitted"),
        Words("EACCES"), Words("EPERM"), Words("权限不够"), Words("不允许的操作"),
    ]),
    (Cause::ColdObject, &[Words("InvalidObjectState"), Words("operation is not valid for the object's state")]),
    (Cause::StorageDenied, &[
        Code(9071), Code(9116), Words("OB_BACKUP_PERMISSION_DENIED"), Words("OB_OBJECT_STORAGE_PERMISSION_DENIED"),
        Words("no I/O operation permission"), Words("AccessDenied"), Words("AccessForbidden"), Words("AllAccessDisabled"),
        Words("access denied"), Words("BucketNotBelongTo"), Words("拒绝访问"), Words("permission denied"), Http(403),
    ]),
    (Cause::ReadOnly, &[Words("read-only file system"), Words("EROFS"), Words("只读文件系统")]),
    (Cause::NotMounted, &[
        Code(9051), Words("backup mount file is not valid"), Words("stale file handle"), Words("stale NFS file handle"), Words("ESTALE"),
        Words("transport endpoint is not connected"), Words("过旧的文件控柄"), Words("传输端点尚未连接"),
    ]),
    (Cause::HostUnknown, &[
        Words("couldn't resolve host"), Words("could not resolve host"), Words("couldn't resolve host name"), Words("name or service not known"),
        Words("temporary failure in name resolution"), Words("未知的名称或服务"), Words("域名解析暂时失败"), Words("UnknownHostException"),
        Words("curlCode: 6"),
    ]),
    (Cause::TlsRefused, &[
        Words("certificate has expired"), Words("certificate verify failed"), Words("SSL certificate problem"), Words("self-signed certificate"),
        Words("self signed certificate"), Words("SSL peer certificate"), Words("SSL connect error"), Words("SSLHandshakeException"),
        Words("curlCode: 60"), Words("curlCode: 35"),
    ]),
    (Cause::NoConnection, &[
        Words("connection refused"), Words("no route to host"), Words("network is unreachable"), Words("host is down"),
        Words("connection reset by peer"), Words("couldn't connect to server"), Words("could not connect to server"), Words("failed to connect to"),
        Words("ECONNREFUSED"), Words("拒绝连接"), Words("没有到主机的路由"), Words("网络不可达"), Words("连接被对方重设"), Words("curlCode: 7"),
    ]),
    (Cause::TimedOut, &[
        Words("connection timed out"), Words("operation timed out"), Words("timeout was reached"), Words("request timed out"),
        Words("read timed out"), Words("ETIMEDOUT"), Words("RequestTimeout"), Words("ConnectionTimeout"), Words("SocketTimeout"),
        Words("连接超时"), Words("curlCode: 28"), Http(408), Http(504),
    ]),
    (Cause::NotReachable, &[
        Code(9070), Code(9115), Words("OB_BACKUP_DEST_NOT_CONNECT"), Words("OB_STORAGE_DEST_NOT_CONNECT"),
        Words("can not connect to backup destination"), Words("can not connect to storage destination"),
    ]),
    (Cause::ForeignDestination, &[
        Code(9080), Code(9081), Words("OB_BACKUP_FORMAT_FILE_NOT_EXIST"), Words("OB_BACKUP_FORMAT_FILE_NOT_MATCH"),
        Words("format file does not exist under the destination"), Words("format file at the destination does not match"),
    ]),
    (Cause::InvalidDestination, &[
        Code(9001), Code(9026), Code(9114), Words("OB_INVALID_BACKUP_DEST"), Words("OB_INVALID_STORAGE_DEST"),
        Words("backup destination is not valid"), Words("storage destination is not valid"), Words("is not a valid uri"),
    ]),
    (Cause::FileMissing, &[
        Code(4027), Code(4066), Code(9011), Code(9100), Code(9120), Words("OB_BACKUP_FILE_NOT_EXIST"), Words("OB_OBJECT_NOT_EXIST"),
        Words("cannot find backup file"), Words("no such file or directory"), Words("NoSuchKey"), Words("specified key does not exist"),
        Words("ENOENT"), Words("没有那个文件或目录"), Http(404),
    ]),
    (Cause::Overwritten, &[
        Code(9083), Code(9084), Code(9098), Words("OB_BACKUP_PWRITE_OFFSET_NOT_MATCH"), Words("OB_OBJECT_STORAGE_PWRITE_OFFSET_NOT_MATCH"),
        Words("PositionNotEqualToLength"), Words("ObjectNotAppendable"), Words("pwrite offset of the object storage is inconsistent"),
    ]),
    (Cause::Corrupted, &[
        Code(4103), Code(9010), Code(9113), Words("OB_CHECKSUM_ERROR"), Words("OB_CHECKSUM_TYPE_NOT_SUPPORTED"), Words("data checksum error"),
        Words("BadDigest"), Words("InvalidDigest"), Words("x-amz-checksum"),
    ]),
    (Cause::Throttled, &[
        Code(9061), Words("OB_IO_LIMIT"), Words("SlowDown"), Words("QpsLimitExceeded"), Words("TotalQpsLimitExceeded"),
        Words("MetaOperationQpsLimitExceeded"), Words("UploadTrafficRateLimitExceeded"), Words("DownloadTrafficRateLimitExceeded"),
        Words("ActiveRequestLimitExceeded"), Words("reduce your request rate"), Words("too many requests"), Words("ServiceUnavailable"),
        Http(429), Http(503),
    ]),
    (Cause::StorageFailing, &[Words("we encountered an internal error"), Http(500), Http(502)]),
    (Cause::OutOfMemory, &[
        Code(4013), Code(4030), Words("OB_ALLOCATE_MEMORY_FAILED"), Words("no memory or reach tenant memory limit"),
        Words("over tenant memory limits"),
    ]),
    (Cause::TooManyFiles, &[Code(9103), Words("too many open files"), Words("EMFILE"), Words("打开的文件过多")]),
    (Cause::SendFailed, &[Words("send log to archive_dest error")]),
    (Cause::StorageError, &[
        Code(4009), Code(9003), Code(9060), Code(9073), Code(9075), Code(9105), Words("OB_IO_ERROR"), Words("OB_OSS_ERROR"), Words("OB_COS_ERROR"),
        Words("OB_S3_ERROR"), Words("OB_OBJECT_STORAGE_IO_ERROR"), Words("input/output error"), Words("输入/输出错误"), Words("IO error"),
        Words("OSS error"), Words("COS error"), Words("S3 error"),
    ]),
    // It says less than any of the above, and comes with some of them.
    (Cause::LogStreamInterrupted, &[
        Code(9027), Words("OB_LOG_ARCHIVE_INTERRUPTED"), Words("log archive interrupted"), Words("log stream # interrupted"),
    ]),
];

impl Cause {
    /// The cause that `message` tells; `None` for one that the table lacks. `uri` is the destination. The time that it takes grows with the
    /// length of the message, and no faster.
    #[must_use]
    pub fn of(message: &str, uri: Option<&str>) -> Option<Self> {
        let text = message.to_ascii_lowercase();
        let uri = uri.unwrap_or_default().trim_start();
        let is_directory = uri.starts_with('/') || uri.starts_with("file:");
        let is_bucket = !is_directory && uri.contains("://");
        let is_there = |pattern: &Pattern| match *pattern {
            Code(code) => has_code(&text, code),
            DirectoryCode(code) => is_directory && has_code(&text, code),
            Http(status) => has_status(&text, status),
            Words(words) => has_words(&text, words),
            SystemWords(words) => !is_bucket && has_words(&text, words),
        };
        TABLE.iter().find(|(_, patterns)| patterns.iter().any(is_there)).map(|(cause, _)| *cause)
    }
}

/// Words that an error code follows: `ret=-9082`, `ERROR 9082`.
const BEFORE_CODE: [&str; 6] = ["ret", "error", "errcode", "error_code", "errorcode", "code"];
/// Words that a status of HTTP follows: `HTTP 403`, `returned 403`.
const BEFORE_STATUS: [&str; 12] = [
    "http",
    "status",
    "code",
    "statuscode",
    "status_code",
    "http_code",
    "http_status",
    "httpstatus",
    "http/1.1",
    "returned",
    "response",
    "error",
];
/// The same for both in Chinese, where no space ends a word.
const BEFORE_EITHER: [&str; 6] = ["错误码", "状态码", "返回码", "返回", "错误", "代码"];
/// What stands between them and the number.
const BETWEEN: [char; 9] = [' ', '=', ':', '：', '(', '（', '"', '\'', '['];
/// How a sentence goes on behind a status. Behind another word the number may count something: “returned 403 rows”.
const AFTER_STATUS: [&str; 10] = [
    "forbidden",
    "not found",
    "service unavailable",
    "too many requests",
    "for ",
    "when ",
    "on ",
    "while ",
    "from ",
    "error",
];
/// What is counted in Chinese: “返回 403 行”.
const COUNTED: [char; 4] = ['行', '条', '个', '次'];

/// Whether `text` has `code`, with its minus or behind a word for it. The number alone may count anything.
fn has_code(text: &str, code: u16) -> bool {
    places(text, &code.to_string()).any(|(before, _)| {
        let is_negative = before.strip_suffix('-').is_some_and(|before| !before.ends_with(char::is_alphanumeric));
        is_negative || is_named(before, &BEFORE_CODE)
    })
}

/// Whether `text` has `status` behind a word for it, and not as a count.
fn has_status(text: &str, status: u16) -> bool {
    places(text, &status.to_string()).any(|(before, after)| {
        let next = after.trim_start_matches(' ');
        let counts = next.starts_with(COUNTED) || next.starts_with(is_word) && next.len() < after.len();
        is_named(before, &BEFORE_STATUS) && (!counts || AFTER_STATUS.iter().any(|words| next.starts_with(words)))
    })
}

/// Whether `before` ends with one of `names`, and a few characters of [`BETWEEN`].
fn is_named(before: &str, names: &[&str]) -> bool {
    let rest = (0..4).fold(before, |rest, _| rest.strip_suffix(BETWEEN).unwrap_or(rest));
    let ends_with = |name: &&str| rest.strip_suffix(*name).is_some_and(|before| !before.ends_with(is_word));
    rest.len() < before.len() && names.iter().any(ends_with) || BEFORE_EITHER.iter().any(|name| rest.ends_with(name))
}

/// Whether `text` has `words`, and not as a part of longer ones. `#` in `words` stands for a number.
fn has_words(text: &str, words: &str) -> bool {
    let words = words.to_ascii_lowercase();
    let Some((head, tail)) = words.split_once('#') else { return places(text, &words).next().is_some() };
    places(text, head).any(|(_, after)| {
        let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < after.len() && rest.starts_with(tail)
    })
}

/// What is before and behind each place where `text` has `part`, but not within a longer word or number.
fn places<'a>(text: &'a str, part: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    text.match_indices(part).filter_map(move |(place, _)| {
        let (before, after) = (text.get(..place)?, text.get(place + part.len()..)?);
        let is_cut = part.starts_with(is_word) && before.ends_with(is_word)
            || part.ends_with(is_word) && after.starts_with(is_word);
        (!is_cut).then_some((before, after))
    })
}

/// Whether `c` makes a word longer. Chinese has no spaces between words, so only ASCII does.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// What is known of a task's trouble, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The cause, where the task has a message that is recognized.
    pub recognized: Option<Cause>,
    /// What stands over [`Self::what`].
    pub heading: &'static str,
    /// The cause, that it is not recognized, or what the status means.
    pub what: &'static str,
    /// What to do, in this order. `code` stands between backticks.
    pub steps: Vec<&'static str>,
}

/// What to do about `task`, whose row has `tone`. A task that runs well has nothing to be done about.
#[must_use]
pub fn advice(task: &Task, tone: Tone, texts: &'static LaterTexts) -> Advice {
    let message = task.error_msg.as_deref().filter(|message| !message.trim().is_empty());
    let recognized = message.and_then(|message| Cause::of(message, task.backup_uri.as_deref()));
    let kind = task.status.kind;
    let (heading, lines): (_, &[&str]) = match (message, recognized) {
        (_, Some(cause)) => (texts.cause, texts.causes.of(cause)),
        (Some(_), None) => (texts.cause, &texts.unrecognized),
        (None, None) => (texts.meaning, texts.runbook.of(kind)),
    };
    let (what, steps) = lines.split_first().map_or(("", &[][..]), |(what, steps)| (*what, steps));
    let is_calm = message.is_none() && tone == Tone::Ok && kind == StatusKind::InProgress;
    let steps = steps.iter().chain(texts.afterwards.of(kind)).filter(|_| !is_calm).copied().collect();
    Advice { recognized, heading, what, steps }
}
