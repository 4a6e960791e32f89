//! The built panel as static files, compressed once, with the headers that the README tells an operator to send.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, Response, header};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// The headers of the standalone page, a line each, under which the panel is tested. The README's nginx has the same.
const SECURITY_HEADERS: &str = include_str!("../security-headers.txt");

/// Marks an answer that came through the proxy: the panel's policy is not OCP's.
#[derive(Clone, Copy)]
pub struct Proxied;

/// `api` first, then the files of `dist`, then `missing` for what is neither.
pub fn router(dist: &Path, api: Router, missing: Router) -> Router {
    let files = ServeDir::new(dist).precompressed_br().precompressed_gzip().fallback(missing);
    let header = |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    // Names are stable, so a copy is kept but asked about each time (Last-Modified, 304).
    let files = Router::new().fallback_service(files).layer(header(header::CACHE_CONTROL, "no-cache"));
    let files = security_headers().fold(files, |files, (name, value)| {
        let own = move |answer: &Response<_>| answer.extensions().get::<Proxied>().is_none().then(|| value.clone());
        files.layer(SetResponseHeaderLayer::if_not_present(name, own))
    });
    api.fallback_service(files).layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
}

fn security_headers() -> impl Iterator<Item = (HeaderName, HeaderValue)> {
    SECURITY_HEADERS.lines().filter_map(|line| {
        let (name, value) = line.split_once(": ")?;
        Some((name.parse().ok()?, HeaderValue::from_static(value)))
    })
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
