// An action of the audit log as a phrase; one that has none is shown as it was recorded.
import { useTranslation } from 'react-i18next';
import { actions } from '../../lib/words/en/actions.js';

type ActionKey = keyof typeof actions;

export function actionKey(action: string): ActionKey | null {
  const key = action.replace(/[.-]/g, '_');
  return Object.hasOwn(actions, key) ? (key as ActionKey) : null;
}

export function useActionWord(): (action: string) => string {
  const { t } = useTranslation();
  return (action) => {
    const key = actionKey(action);
    return key === null ? action : t(`actions.${key}`);
  };
}
