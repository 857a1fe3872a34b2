// The system's keychain for the device key, where there is a real one. Linux without a secret service offers only
// `basic_text`, a password that everybody knows: that is no protection and is not used.
import type { ElectronParts } from './electron-parts.js';

const NO_KEYCHAIN: readonly string[] = ['basic_text', 'unknown'];

export interface KeyVault {
  wrap(secret: Uint8Array): Promise<Uint8Array>;
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}

export async function openKeyVault(
  safeStorage: ElectronParts['safeStorage'],
  platform: NodeJS.Platform,
): Promise<KeyVault | null> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
  if (platform === 'linux' && NO_KEYCHAIN.includes(safeStorage.getSelectedStorageBackend())) return null;
  return {
    wrap: async (secret) =>
      Uint8Array.from(await safeStorage.encryptStringAsync(Buffer.from(secret).toString('base64'))),
    unwrap: async (wrapped) => {
      const { result } = await safeStorage.decryptStringAsync(Buffer.from(wrapped));
      return Uint8Array.from(Buffer.from(result, 'base64'));
    },
  };
}
