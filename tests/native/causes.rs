//! What a message is recognized by, with messages as OceanBase, the storages and the operating system send them.

use log_backup_panel::domain::redact::Redacted;
use log_backup_panel::domain::task::{Status, Task, Tone};
use log_backup_panel::text::causes::{Advice, Cause, advice};
use log_backup_panel::text::locale::Locale;

use super::redact::cpu_seconds;

const OSS: &str = "oss://ob-log-archive/c5/t3?host=oss-cn-hangzhou.aliyuncs.com&access_id=***&access_key=***";
const NFS: &str = "file:///obbackup/c5/t3/clog";

#[test]
fn a_message_tells_its_cause() {
    use Cause::*;
    for (cause, message) in [
        // OceanBase: ob_errno.def, the comment of a round, and the reasons in DBA_OB_SERVER_EVENT_HISTORY.
        (LogStreamInterrupted, "log stream 1001 interrupted."),
        (LogStreamInterrupted, "ERROR 9027 (HY000): ob log archive interrupted"),
        (LogRecycled, "reason=\"OBSERVER CLOG RECYCLED BEFORE ARCHIVED\", ret_code=-9087"),
        (
            LogRecycled,
            "observer clog is recycled before archive, check if archive speed is less than clog writing speed or archive device is full \
             or archive device is not healthy, ret=-9087",
        ),
        (LogRecycled, "ORA-00600: internal error code, arguments: -9087, observer clog is recycled before archive"),
        (ArchiveDiscontinuous, "INTERNAL ERROR, ARCHIVE LOG NOT CONTINUOUS"),
        (ArchiveDiscontinuous, "LS GC BEFORE ALL CLOG ARCHIVED"),
        (SendFailed, "SEND LOG TO ARCHIVE_DEST ERROR"),
        (DeviceFull, "archive device is full, ret=-9082, archive_dest_id=1001, archive_round=3"),
        (DeviceFull, "backup device out of space"),
        (DeviceFull, "归档失败，错误码：9082"),
        (StorageDenied, "no I/O operation permission at the backup destination"),
        (StorageDenied, "ERROR 9116 (HY000): no I/O operation permission of the object storage"),
        (WrongEndpoint, "the specified s3_region does not match the endpoint"),
        (WrongEndpoint, "object storage endpoint is invalid(ret=-9118)"),
        (NotReachable, "ERROR 9070 (HY000): can not connect to backup destination"),
        (ForeignDestination, "the content of the format file at the destination does not match"),
        (InvalidDestination, "ERROR 9026 (HY000): backup destination is not valid"),
        (NotMounted, "backup mount file is not valid, errcode=-9051"),
        (FileMissing, "cannot find backup file"),
        (Overwritten, "the pwrite offset of the object storage is inconsistent, ret=-9083"),
        (Corrupted, "Data checksum error"),
        (Throttled, "IO limit, ret=-9061"),
        (ServerDiskFull, "Log out of disk space"),
        (OutOfMemory, "No memory or reach tenant memory limit"),
        (TooManyFiles, "too many open files"),
        (StorageError, "OSS error, ret=-9003"),
        (StorageError, "ret:-4009"),
        // OSS
        (
            StorageDenied,
            "<Error><Code>AccessDenied</Code><Message>You have no right to access this object because of bucket acl.</Message></Error>",
        ),
        (
            WrongEndpoint,
            "AccessDenied: The bucket you are attempting to access must be addressed using the specified endpoint.",
        ),
        (AccountBlocked, "[code=403, error_code=UserDisable, error_msg=UserDisable]"),
        (AccountBlocked, "InDebt: Current user is indebted"),
        (
            ClockSkewed,
            "RequestTimeTooSkewed: The difference between the request time and the current time is too large.",
        ),
        (TokenExpired, "403 InvalidSecurityToken The security token you provided is invalid"),
        (KeyInvalid, "code:403, InvalidAccessKeyId, The OSS Access Key Id you provided does not exist in our records."),
        (Throttled, "503 UploadTrafficRateLimitExceeded Please reduce your upload request traffic"),
        (Overwritten, "409 PositionNotEqualToLength"),
        // S3
        (
            KeyInvalid,
            "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
        ),
        (NoBucket, "(Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket; Request ID: 4442587FB7D0A2F9)"),
        (StorageDenied, "(Service: Amazon S3; Status Code: 403; Error Code: AccessDenied)"),
        (StorageDenied, "HTTP/1.1 403 Forbidden"),
        (TokenExpired, "ExpiredToken: The provided token has expired."),
        (WrongEndpoint, "the region 'us-east-1' is wrong; expecting 'eu-west-1'"),
        (ColdObject, "InvalidObjectState: The operation is not valid for the object's storage class"),
        (Throttled, "SlowDown: Please reduce your request rate."),
        (HostUnknown, "curlCode: 6, Couldn't resolve host name"),
        (TimedOut, "curlCode: 28, Timeout was reached"),
        (DeviceFull, "XMinioStorageFull: Storage backend has reached its minimum free drive threshold"),
        (StorageFailing, "InternalError: We encountered an internal error. Please try again."),
        // COS and OBS
        (StorageDenied, "[COS]status->code: 403, [COS]status->error_code: AccessDenied"),
        (StorageDenied, "上传失败，状态码：403"),
        (StorageDenied, "AccessDenied 拒绝访问。"),
        (DeviceFull, "403 InsufficientStorageSpace Bucket storage space is not enough."),
        (DeviceFull, "桶配额不足。"),
        (AccountBlocked, "InArrearOrInsufficientBalance 用户欠费或余额不足而没有权限进行某种操作。"),
        (AccountBlocked, "FrozenUserId"),
        // NFS and the network
        (DeviceFull, "write failed: No space left on device (errno=28)"),
        (DeviceFull, "写文件失败：设备上没有空间"),
        (DeviceFull, "Disk quota exceeded"),
        (NotMounted, "Stale file handle"),
        (ReadOnly, "open /obbackup/clog: Read-only file system"),
        (ReadOnly, "只读文件系统"),
        (FileMissing, "/obbackup/clog: 没有那个文件或目录"),
        (StorageError, "pwrite: Input/output error"),
        (TimedOut, "Connection timed out"),
        (TimedOut, "连接超时"),
        (NoConnection, "Failed to connect to 10.0.0.7 port 443: Connection refused"),
        (NoConnection, "没有到主机的路由"),
        (HostUnknown, "Could not resolve host: oss-cn-hangzhou-internal.aliyuncs.com"),
        (TlsRefused, "SSL certificate problem: certificate has expired"),
        // The message of the simulated OCP, with its key masked.
        (
            StorageDenied,
            "archive I/O failed: put object to oss://b/c5/t3?host=h&access_key=*** returned 403, ret=-9071, retry_count=17",
        ),
    ] {
        assert_eq!(Cause::of(message, Some(OSS)), Some(cause), "{message}");
        assert_eq!(Cause::of(&message.to_uppercase(), Some(OSS)), Some(cause), "in capitals: {message}");
        let quoted = format!("2026-11-26 08:00:00 [{message}] trace Y0-1");
        assert_eq!(Cause::of(&quoted, Some(OSS)), Some(cause), "quoted: {quoted}");
    }
}

#[test]
fn who_refuses_depends_on_where_the_destination_is() {
    for (message, uri, cause) in [
        ("ret=-9071", Some(OSS), Cause::StorageDenied),
        ("ret=-9071", Some("s3://b/p"), Cause::StorageDenied),
        ("ret=-9071", Some(NFS), Cause::PathDenied),
        ("ret=-9116", Some("/obbackup/"), Cause::PathDenied),
        ("ret=-9071", None, Cause::StorageDenied),
        ("mkdir: Permission denied", Some(NFS), Cause::PathDenied),
        ("mkdir: Permission denied", None, Cause::PathDenied),
        ("Permission denied", Some(OSS), Cause::StorageDenied),
        ("权限不够", Some(NFS), Cause::PathDenied),
    ] {
        assert_eq!(Cause::of(message, uri), Some(cause), "{message} at {uri:?}");
    }
}

#[test]
fn words_and_numbers_that_only_look_alike_are_not_recognized() {
    for message in [
        "",
        "   ",
        "something went wrong",
        "retry_count=403",
        "returned 403 rows",
        "returned 403rows",
        "copied 403 files to tenant 403",
        "返回 403 行",
        "已复制 403 个文件",
        "took 4030 ms, port 4034, status: 4032",
        "error 403000",
        "trace 9082-9087-9071",
        "round-9082, ls_id=9087, piece 9071",
        "order 2021-9082",
        "v9082",
        "-90820",
        "ret=0",
        "InDebtor",
        "NoSuchBuckets",
        "accessdeniedby",
        "UserDisabled",
        "stalefilehandle",
        "the certificate is fine",
        "log stream interrupted by nobody",
        "log stream 1001 resumed",
        "device is fully archived",
        "the space left on device is ample",
        "connection was not refused",
    ] {
        assert_eq!(Cause::of(message, Some(OSS)), None, "{message}");
    }
}

#[test]
fn a_long_message_is_read_in_linear_time() {
    let time = |repeats: usize| {
        // Each of them begins many rows of the table.
        let message = "error 40 no space left on devic access denie log stream 1 ----9082x ".repeat(repeats);
        let turn = || {
            let start = cpu_seconds();
            assert_eq!(Cause::of(&message, Some(OSS)), None);
            cpu_seconds() - start
        };
        [turn(), turn(), turn()].into_iter().fold(f64::MAX, f64::min)
    };
    let (short, long) = (time(200), time(4000));
    // Twenty times as long takes twenty times. The square of it would be four hundred.
    assert!(long < short.max(0.002) * 100.0, "{short:.4} s for 13 kB, {long:.4} s for 260 kB");
}

fn task(status: &str, error: Option<&str>) -> Task {
    Task {
        status: Status::read(status),
        error_msg: error.map(Redacted::of),
        backup_uri: Some(OSS.into()),
        ..Task::default()
    }
}

fn advice_on(status: &str, error: Option<&str>, tone: Tone) -> Advice {
    advice(&task(status, error), tone, Locale::EnUs.later_texts())
}

#[test]
fn what_to_do_is_about_the_cause_and_then_about_the_status() {
    let full = advice_on("INTERRUPTED", Some("ret=-9082"), Tone::Critical);
    assert_eq!((full.heading, full.what), ("Cause", "The destination is full, or its quota is used up."));
    assert!(full.steps[0].contains("`df -h`"), "{full:?}");
    assert!(full.steps.last().unwrap().starts_with("Then take a full data backup."), "{full:?}");
    let retried = advice_on("RUNNING", Some("ret=-9082"), Tone::Ok);
    assert!(retried.steps.last().unwrap().starts_with("No restart is needed"), "{retried:?}");
}

#[test]
fn a_message_that_is_not_recognized_is_said_to_be() {
    let odd = advice_on("FAILED", Some("kaboom"), Tone::Critical);
    assert_eq!(odd.recognized, None);
    assert_eq!((odd.heading, odd.what), ("Cause", "The cause is not recognized. The message is all that OCP sent."));
    assert!(odd.steps[0].starts_with("Run the SQL below") && odd.steps.last().unwrap().contains("full data backup"));
}

#[test]
fn without_a_message_the_status_says_what_it_can() {
    let broken = advice_on("INTERRUPTED", None, Tone::Critical);
    assert_eq!(broken.heading, "What it means");
    assert!(broken.what.starts_with("Logs were recycled before they were archived"), "{broken:?}");
    assert!(broken.steps.iter().any(|step| step.contains("full data backup")), "{broken:?}");
    assert_eq!(advice_on("INTERRUPTED", Some("  "), Tone::Critical), broken, "a blank message is none");
    assert!(advice_on("RUNNING", None, Tone::Ok).steps.is_empty(), "nothing is to be done about what runs well");
    assert!(advice_on("RUNNING", None, Tone::Critical).steps.len() > 1, "but about what lags");
    for status in ["PREPARE", "BEGINNING", "STOPPING", "STOP", "SUSPENDING", "SUSPEND", "FAILED", "MIXED", "", "ODD"] {
        let advice = advice_on(status, None, Tone::Warning);
        assert!(!advice.what.is_empty() && !advice.steps.is_empty(), "{status}: {advice:?}");
    }
}

#[test]
fn steps_have_pairs_of_backticks_in_every_language() {
    for locale in Locale::ALL {
        let texts = locale.later_texts();
        let causes =
            [Cause::DeviceFull, Cause::StorageError, Cause::LogStreamInterrupted, Cause::TlsRefused, Cause::PathDenied];
        let lines = causes.into_iter().flat_map(|cause| texts.causes.of(cause)).chain(&texts.unrecognized);
        for line in lines {
            assert!(line.split('`').count() % 2 == 1, "{line}");
        }
    }
}
