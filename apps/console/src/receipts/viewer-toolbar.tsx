import { CompressOutlined, OneToOneOutlined, ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/i18n-context';
import type { View } from './image-view';
import { PageTurner, type PageChoice } from './page-turner';
import styles from './viewer-toolbar.module.css';

interface Props {
  view: View;
  onZoom: (factor: number) => void;
  onFit: () => void;
  onActualSize: () => void;
  note: string | null;
  pages: PageChoice;
}

/** Buttons of the image. */
export function ViewerToolbar({ view, onZoom, onFit, onActualSize, note, pages }: Props) {
  const { t } = useI18n();
  const button = (label: string, icon: ReactNode, onClick: () => void) => (
    <Button type="text" size="small" icon={icon} aria-label={label} title={label} onClick={onClick} />
  );
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t('image.label')}>
      <PageTurner {...pages} />
      {button(t('image.zoomOut'), <ZoomOutOutlined />, () => onZoom(0.8))}
      <span className={styles.scale}>{Math.round(view.scale * 100)}%</span>
      {button(t('image.zoomIn'), <ZoomInOutlined />, () => onZoom(1.25))}
      {button(t('image.fit'), <CompressOutlined />, onFit)}
      {button(t('image.actual'), <OneToOneOutlined />, onActualSize)}
      <span className={note === null ? styles.help : styles.note}>{note ?? t('image.help')}</span>
    </div>
  );
}
