// Entry of the tablet screen: language, bridge to the agent, first paint.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { InvariantError } from '@hazri/shared/result';
import '../design/base.css';
import { startLanguages } from '../words/languages.js';
import { App } from './app.js';
import { CrashGuard } from './crash-guard.js';
import { chooseBridge } from './choose-bridge.js';

const root = document.querySelector('#screen');
if (root === null) throw new InvariantError('the page has no place for the screen');
startLanguages();
createRoot(root).render(
  <StrictMode>
    <CrashGuard>
      <App bridge={chooseBridge()} />
    </CrashGuard>
  </StrictMode>,
);
