// What is known of each template, in words: pose, look, quality, where it came from and how useful it is.
import type { TemplateView } from '@hazri/shared/protocol/console-types';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../lib/session.js';
import { localDateOf, mediumDate } from '../../lib/time.js';
import { templateQuality } from './template-quality.js';
import styles from './person.module.css';

export function TemplateList({ templates }: { templates: readonly TemplateView[] }) {
  const { t } = useTranslation();
  return (
    <details className={styles.templates}>
      <summary>{t('person.templatesShow', { count: templates.length })}</summary>
      <p className={styles.blockText}>{t('person.templatesMeaning')}</p>
      <ul className={styles.templateList} aria-label={t('person.templates')}>
        {templates.map((template) => (
          <TemplateItem key={template.id} template={template} />
        ))}
      </ul>
    </details>
  );
}

function TemplateItem({ template }: { template: TemplateView }) {
  const { t, i18n } = useTranslation();
  const { company } = useSession();
  const { pose, look, quality, source, createdAtMs, usedCount, lastUsedAtMs } = template;
  const dateOf = (ms: number): string => mediumDate(localDateOf(ms, company.zone), i18n.language);
  const what = [
    pose === null ? t('person.template.poseUnknown') : t(`person.template.pose.${pose}`),
    look === null ? null : t(`person.template.look.${look}`),
  ].filter(Boolean);
  const facts = [
    quality === null
      ? t('person.template.qualityUnknown')
      : t(`person.template.quality.${templateQuality(quality)}`),
    t(`person.template.source.${source}`, { date: dateOf(createdAtMs) }),
    usedCount === 0 || lastUsedAtMs === null
      ? t('person.template.unused')
      : t('person.template.used', { count: usedCount, date: dateOf(lastUsedAtMs) }),
  ];
  return (
    <li>
      <div>{what.join(', ')}</div>
      <div className="soft">{facts.join(' · ')}</div>
    </li>
  );
}
