// Dialogs and side sheets whose close button has a name in the page's language.
import { Drawer, Modal, type DrawerProps, type ModalProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function Dialog(props: ModalProps) {
  const { t } = useTranslation();
  return <Modal {...props} closeButtonProps={{ 'aria-label': t('shell.close') }} />;
}

export function SideSheet(props: DrawerProps) {
  const { t } = useTranslation();
  return <Drawer {...props} closeButtonProps={{ 'aria-label': t('shell.close') }} />;
}
