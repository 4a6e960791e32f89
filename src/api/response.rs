//! The response of `logBackupTasks`, field by field, as OCP's documentation of the endpoint has it.
//!
//! The fields' types name what the documentation says. All of them accept any JSON, because OCP's servers send other types:
//! [`super::decode`] reads what was sent, and counts where it differs from this.

use serde::Deserialize;

use super::lenient::{Array, Object};
use super::wire::Json;

/// A string such as `2021-09-23T14:33:17.357+0800`.
pub type Timestamp<'a> = Json<'a>;
/// A string.
pub type Text<'a> = Json<'a>;
/// A number, or a string of digits where it is above 2^53-1.
pub type Long<'a> = Json<'a>;

/// The frame around all of OCP's responses.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Response<'a> {
    /// What was asked for.
    #[serde(borrow)]
    pub data: Object<'a, Data<'a>>,
    /// Why there is no data: an object with `code` and `message`, or a string.
    pub error: Json<'a>,
    /// Whether the request succeeded, a boolean.
    pub successful: Json<'a>,
    /// When the server had finished.
    pub timestamp: Timestamp<'a>,
    /// How many milliseconds the server needed, a number.
    pub duration: Json<'a>,
    /// The HTTP status, a number.
    pub status: Json<'a>,
    /// The trace id, by which OCP's logs are searched.
    pub trace_id: Text<'a>,
    /// The address of the server that responded.
    pub server: Text<'a>,
}

/// `data` of a response.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Data<'a> {
    /// The tasks of the page.
    #[serde(borrow)]
    pub contents: Array<'a, LogBackupWrapperTask<'a>>,
    /// Which page this is.
    pub page: Object<'a, Page<'a>>,
}

/// `data.page` of a response. The documentation has `totalPage` and its sample `totalPages`; other versions of OCP write `total_pages`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Page<'a> {
    /// The number of the page.
    #[serde(borrow)]
    pub number: Long<'a>,
    /// How many tasks a page has.
    pub size: Long<'a>,
    /// How many tasks there are.
    pub total_elements: Long<'a>,
    /// The same.
    #[serde(rename = "total_elements")]
    pub total_elements_in_snake_case: Long<'a>,
    /// How many pages there are.
    pub total_pages: Long<'a>,
    /// The same.
    pub total_page: Long<'a>,
    /// The same.
    #[serde(rename = "total_pages")]
    pub total_pages_in_snake_case: Long<'a>,
}

/// A log backup task, in the documentation's order.
#[derive(Debug, Default, Deserialize, Hash)]
#[serde(default, rename_all = "camelCase")]
pub struct LogBackupWrapperTask<'a> {
    /// When the task was created.
    #[serde(borrow)]
    pub create_time: Timestamp<'a>,
    /// When it was last changed.
    pub modify_time: Timestamp<'a>,
    /// The name of the cluster.
    pub cluster_name: Text<'a>,
    /// OCP's id of the cluster.
    pub cluster_id: Long<'a>,
    /// OceanBase's own id of the cluster.
    pub ob_cluster_id: Long<'a>,
    /// OceanBase's own id of the tenant.
    pub ob_tenant_id: Long<'a>,
    /// `PRIMARY` or `STANDBY`.
    pub cluster_type: Text<'a>,
    /// OCP's id of the tenant.
    pub tenant_id: Long<'a>,
    /// The name of the tenant.
    pub tenant_name: Text<'a>,
    /// The status. No page of the documentation lists them.
    pub status: Text<'a>,
    /// The error message.
    pub error_msg: Text<'a>,
    /// Where the backup is written to.
    pub backup_uri: Text<'a>,
    /// The latest point in time that can be restored.
    pub checkpoint: Timestamp<'a>,
    /// The mode of the backup, such as `PHYSICAL_BACKUP`.
    pub backup_mode: Text<'a>,
    /// The lag in seconds: documented as a Long, sent as a number with decimals.
    pub delay: Json<'a>,
    /// Undocumented, but in the documentation's sample: the console's "service host IP".
    pub agent_server_ip: Text<'a>,
}
