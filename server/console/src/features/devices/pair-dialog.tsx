// Pairing, step by step: name and site, then code and IT PIN (shown once), then the six words, then done.
//
//   form ──code made──▶ waiting ──tablet answered──▶ compare ──same──▶ active
//                          └──time over──▶ expired      └──differ──▶ refused
//
// The pairing's id stands in the address, so a reload goes on; the code and the PIN are never kept anywhere.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../lib/queries.js';
import { Trouble } from '../../ui/states.js';
import { CompareStep } from './compare-step.js';
import { EndStep } from './end-step.js';
import type { MadePairing } from './made-pairing.js';
import { PairForm } from './pair-form.js';
import { WaitStep } from './wait-step.js';
import { Dialog } from '../../ui/dialog.js';

interface PairDialogProps {
  readonly opened: boolean;
  readonly pairingId: string | null;
  readonly onAddress: (search: Record<string, string>) => void;
}

const POLL_MS = 2_000;

export function PairDialog({ opened, pairingId, onAddress }: PairDialogProps) {
  const { t } = useTranslation();
  const [made, setMade] = useState<MadePairing | null>(null);
  const close = () => {
    setMade(null);
    onAddress({});
  };
  const startOver = () => {
    setMade(null);
    onAddress({ pair: '1' });
  };
  return (
    <Dialog
      opened={opened}
      onClose={close}
      title={t('devices.pairTitle')}
      size={560}
      closeOnClickOutside={false}
    >
      {pairingId === null ? (
        <PairForm
          onCancel={close}
          onMade={(pairing) => {
            setMade(pairing);
            onAddress({ pair: '1', pairing: pairing.pairingId });
          }}
        />
      ) : (
        <Progress pairingId={pairingId} made={made} onClose={close} onStartOver={startOver} />
      )}
    </Dialog>
  );
}

interface ProgressProps {
  readonly pairingId: string;
  readonly made: MadePairing | null;
  readonly onClose: () => void;
  readonly onStartOver: () => void;
}

function Progress({ pairingId, made, onClose, onStartOver }: ProgressProps) {
  const pairing = useAnswer('pairing', { params: { id: pairingId } }, { refetchInterval: POLL_MS });
  if (pairing.data === undefined && pairing.isError) {
    return <Trouble error={pairing.error} onRetry={() => void pairing.refetch()} />;
  }
  const state = pairing.data?.state ?? 'waiting';
  const device = pairing.data?.device ?? null;
  if (state === 'waiting') return <WaitStep made={made} onCancel={onClose} />;
  if (state === 'compare') {
    return (
      <CompareStep pairingId={pairingId} words={pairing.data?.words ?? []} camera={device?.camera ?? null} />
    );
  }
  return <EndStep state={state} name={device?.name ?? ''} onClose={onClose} onStartOver={onStartOver} />;
}
