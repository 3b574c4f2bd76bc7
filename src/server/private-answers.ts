/** Headers of every answer but the public files: nothing personal is kept by a browser or a proxy. */
import type { RequestHandler } from 'express';

/** Of a page that Portage shows, no part needs one of these (https://www.w3.org/TR/permissions-policy/). */
const permissions = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb']
  .map((feature) => `${feature}=()`)
  .join(', ');

export const privateAnswers: RequestHandler = (_request, response, next) => {
  response.set({ 'cache-control': 'no-store', 'permissions-policy': permissions });
  next();
};
