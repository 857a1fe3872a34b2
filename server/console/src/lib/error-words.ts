// A sentence a person can act on for every code; an unknown one is "something went wrong".
import { CONSOLE_ERROR_CODES } from '@hazri/shared/protocol/console';
import { useTranslation } from 'react-i18next';
import { errorCode } from './api-error.js';

export const WORDED_CODES = [...CONSOLE_ERROR_CODES, 'NETWORK', 'ANSWER_UNREADABLE'] as const;
type WordedCode = (typeof WORDED_CODES)[number];

function isWorded(code: string): code is WordedCode {
  return (WORDED_CODES as readonly string[]).includes(code);
}

export function useErrorWords(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    const code = errorCode(error);
    return isWorded(code) ? t(`errors.${code}`) : t('errors.unknown');
  };
}
