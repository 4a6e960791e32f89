//! The built panel as static files, compressed once, with the headers that the README tells an operator to send.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use axum::Router;
use axum::http::{HeaderValue, Response, header};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// The policy under which the panel is tested.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'self'; require-trusted-types-for 'script'";

/// Marks an answer that came through the proxy: the panel's policy is not OCP's.
#[derive(Clone, Copy)]
pub struct Proxied;

/// `api` first, then the files of `dist`, then `missing` for what is neither.
pub fn router(dist: &Path, api: Router, missing: Router) -> Router {
    let files = ServeDir::new(dist).precompressed_br().precompressed_gzip().fallback(missing);
    let policy = |policy: &'static str| {
        move |answer: &Response<_>| {
            let is_own = answer.extensions().get::<Proxied>().is_none();
            is_own.then_some(HeaderValue::from_static(policy))
        }
    };
    let header = |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    let files = Router::new()
        .fallback_service(files)
        .layer(SetResponseHeaderLayer::if_not_present(header::CONTENT_SECURITY_POLICY, policy(CONTENT_SECURITY_POLICY)))
        .layer(SetResponseHeaderLayer::if_not_present(header::REFERRER_POLICY, policy("no-referrer")))
        // Names are stable, so a copy is kept but asked about each time (Last-Modified, 304).
        .layer(header(header::CACHE_CONTROL, "no-cache"));
    api.fallback_service(files).layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
}

/// Writes `.br` and `.gz` beside each file of `dist` that has none as new as itself.
pub fn compress(dist: &Path) -> io::Result<()> {
    for entry in fs::read_dir(dist)? {
        let path = entry?.path();
        let packed = path.extension().is_some_and(|end| end == "br" || end == "gz");
        if packed || !path.is_file() {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (brotli, gzip) = (path.with_file_name(format!("{name}.br")), path.with_file_name(format!("{name}.gz")));
        let changed = fs::metadata(&path)?.modified()?;
        if [&brotli, &gzip]
            .iter()
            .all(|copy| fs::metadata(copy).and_then(|it| it.modified()).is_ok_and(|at| at >= changed))
        {
            continue;
        }
        let body = fs::read(&path)?;
        let mut packed = Vec::new();
        brotli::CompressorWriter::new(&mut packed, 4096, 11, 22).write_all(&body)?;
        fs::write(brotli, packed)?;
        let mut gzipper = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzipper.write_all(&body)?;
        fs::write(gzip, gzipper.finish()?)?;
    }
    Ok(())
}
