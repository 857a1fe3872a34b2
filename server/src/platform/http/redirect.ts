// The plain-http listener: it sends pages to https and answers nothing else, so no secret ever travels in the clear.
import type { IncomingMessage, RequestListener } from 'node:http';
import { hostnameOf } from './request-pipeline.js';

export function redirectToHttps(
  isOwnHost: (name: string) => boolean,
  publicAddress: () => string,
  httpsPort: () => number,
): RequestListener {
  return (request, response) => {
    request.resume();
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !isApi(request);
    if (!isPage) {
      response.writeHead(403, { 'content-type': 'text/plain', connection: 'close' });
      response.end('Use https.\n');
      return;
    }
    const name = hostnameOf(request.headers.host);
    const bracketed = name.includes(':') ? `[${name}]` : name;
    const target = isOwnHost(name) ? `${bracketed}:${String(httpsPort())}` : publicAddress();
    const location = `https://${target}${pathOf(request)}`;
    response.writeHead(308, { location, 'content-length': '0' }).end();
  };
}

const isApi = (request: IncomingMessage): boolean => /^\/+api(?:[/?]|$)/i.test(request.url ?? '');

/** Only a path of ours: never `//elsewhere`. */
const pathOf = (request: IncomingMessage): string => `/${(request.url ?? '').replace(/^\/+/, '')}`;
