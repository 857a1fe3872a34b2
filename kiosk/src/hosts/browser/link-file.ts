// Where a running browser host keeps its fresh one-time link, for `hazri kiosk --link`.

export const LINK_FILE = 'link';
