/*!
The objects of a SARIF log that are written, under the names that the standard gives them.
*/

use std::borrow::Cow;

use serde::Serialize;

use crate::finding::{Class, Safety};

#[derive(Serialize)]
pub struct Log<'r> {
    #[serde(rename = "$schema")]
    pub schema: &'static str,
    pub version: &'static str,
    pub runs: [Run<'r>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Run<'r> {
    pub tool: Tool<'r>,
    pub invocations: [Invocation<'r>; 1],
    pub artifacts: Vec<Artifact>,
    pub results: Vec<Outcome<'r>>,
    pub column_kind: &'static str,
    pub newline_sequences: [&'static str; 3],
    pub language: &'static str,
}

#[derive(Serialize)]
pub struct Tool<'r> {
    pub driver: Driver<'r>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Driver<'r> {
    pub name: &'static str,
    pub semantic_version: &'static str,
    pub language: &'static str,
    pub rules: Vec<Rule<'r>>,
}

/// A `reportingDescriptor`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule<'r> {
    pub id: &'r str,
    pub name: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_description: Option<Text<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Text<'r>>,
}

/// A `message`, a `multiformatMessageString` or an `artifactContent`.
#[derive(Clone, Serialize)]
pub struct Text<'r> {
    pub text: Cow<'r, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Invocation<'r> {
    pub execution_successful: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<u8>,
    pub tool_execution_notifications: Vec<Notification<'r>>,
}

#[derive(Serialize)]
pub struct Notification<'r> {
    pub level: &'static str,
    pub message: Text<'r>,
    pub locations: [Location<'r>; 1],
}

#[derive(Serialize)]
pub struct Artifact {
    pub location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<&'static str>,
}

#[derive(Serialize)]
pub struct ArtifactLocation {
    pub uri: String,
}

/// A `result`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome<'r> {
    pub rule_id: &'r str,
    pub rule_index: usize,
    pub level: &'static str,
    pub message: Text<'r>,
    pub locations: [Location<'r>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_locations: Vec<Location<'r>>,
    pub partial_fingerprints: Fingerprints<'r>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<Fix<'r>>,
    pub properties: Properties,
}

#[derive(Serialize)]
pub struct Fingerprints<'r> {
    #[serde(rename = "quotation/v1")]
    pub quotation: &'r str,
}

#[derive(Serialize)]
pub struct Properties {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<Class>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub safety: Option<Safety>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Location<'r> {
    pub physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Text<'r>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PhysicalLocation {
    pub artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_region: Option<Region>,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Region {
    pub start_line: u32,
    pub start_column: u32,
    pub end_line: u32,
    pub end_column: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<Text<'static>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fix<'r> {
    pub description: Text<'r>,
    pub artifact_changes: Vec<ArtifactChange<'r>>,
    pub properties: Properties,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtifactChange<'r> {
    pub artifact_location: ArtifactLocation,
    pub replacements: Vec<Replacement<'r>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Replacement<'r> {
    pub deleted_region: Region,
    pub inserted_content: Text<'r>,
}
