// Fetches one published file over HTTPS. What comes is not trusted: whoever asks compares its hash.

import axios from 'axios';
import { UserError } from '@hazri/shared/result';

const LONGEST_MS = 120_000;

/** Errors: PACK_NOT_FETCHED. */
export async function fetchPackFile(url: string, mostBytes: number): Promise<Uint8Array> {
  try {
    const { data } = await axios.get<ArrayBuffer>(url, {
      responseType: 'arraybuffer',
      timeout: LONGEST_MS,
      maxContentLength: mostBytes,
      maxRedirects: 3,
    });
    return new Uint8Array(data);
  } catch {
    throw new UserError(
      'PACK_NOT_FETCHED',
      'The publisher cannot be reached; fetch the files elsewhere and give them with --from.',
      url,
    );
  }
}
