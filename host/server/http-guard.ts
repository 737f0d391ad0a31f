import type { IncomingMessage } from "node:http";

/** Names under which this server may be reached; anything else is somebody's DNS trick. */
export function allowedHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

/**
 * Why a request must be refused, or undefined. A page of another site may not read the stream nor command the
 * device: the Host header must name this machine, and an Origin header, where there is one, must be our own.
 * A WebSocket upgrade from a browser always carries an Origin; without one it is refused.
 */
export function refusal(request: IncomingMessage, port: number, isUpgrade: boolean): string | undefined {
  const hosts = allowedHosts(port);
  const host = request.headers.host ?? "";
  if (!hosts.includes(host.toLowerCase())) {
    return `Host header names "${host}", expected ${hosts.join(" or ")}`;
  }
  const { origin } = request.headers;
  if (origin === undefined) return isUpgrade ? "Origin header is missing" : undefined;
  const origins = hosts.map((allowed) => `http://${allowed}`);
  if (!origins.includes(origin.toLowerCase())) {
    return `Origin header names "${origin}", expected ${origins.join(" or ")}`;
  }
  return undefined;
}

/** Headers of every answer: the page may load its own files and talk to its own server, nothing else. */
export function securityHeaders(port: number): Record<string, string> {
  const sockets = allowedHosts(port).map((host) => `ws://${host}`);
  return {
    "content-security-policy": [
      "default-src 'none'",
      // The points are computed by a WebAssembly module of the page's own.
      "script-src 'self' 'wasm-unsafe-eval'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      `connect-src 'self' ${sockets.join(" ")}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join("; "),
    // Boards on USB may be opened by this page, nothing else by anything.
    "permissions-policy": "hid=(self), usb=(), serial=(), camera=(), microphone=(), geolocation=()",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  };
}
