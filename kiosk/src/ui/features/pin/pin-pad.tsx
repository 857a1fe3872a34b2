// The way in without a face: employee code, then PIN. Works with fingers, with gloves and with a keyboard.
// What was typed lives only here and is forgotten as soon as it is handed over.
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { View } from '../../../contract/views.js';
import { normaliseEmployeeCode } from '../../words/codes.js';
import { CodeStep } from './code-step.js';
import { PinStep } from './pin-step.js';

interface PinPadProps {
  readonly view: Extract<View, { name: 'pin' }>;
  readonly onSubmit: (employeeCode: string, pin: string) => void;
  readonly onCancel: () => void;
}

const REASONS = { CHOSEN: 'chosen', UNSURE: 'unsure', NOT_RECOGNISED: 'notRecognised' } as const;

export function PinPad({ view, onSubmit, onCancel }: PinPadProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [isCodeDone, setCodeDone] = useState(false);
  const [pin, setPin] = useState('');
  const error = view.error === null ? null : t(`pin.${view.error}`);
  const title = t(`pin.${REASONS[view.reason]}`);

  const submitCode = (event: SubmitEvent) => {
    event.preventDefault();
    if (code !== '') setCodeDone(true);
  };
  const submitPin = (event: SubmitEvent) => {
    event.preventDefault();
    if (pin.length !== 6 || view.busy) return;
    onSubmit(code, pin);
    setPin('');
  };

  if (!isCodeDone)
    return (
      <CodeStep
        title={title}
        code={code}
        error={error}
        onCode={(typed) => {
          setCode(normaliseEmployeeCode(typed));
        }}
        onSubmit={submitCode}
        onCancel={onCancel}
      />
    );
  return (
    <PinStep
      title={title}
      code={code}
      pin={pin}
      error={error}
      isBusy={view.busy}
      onPin={setPin}
      onBack={() => {
        setPin('');
        setCodeDone(false);
      }}
      onSubmit={submitPin}
      onCancel={onCancel}
    />
  );
}
