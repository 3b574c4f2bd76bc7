/** Headers of every answer but the public files, so that browsers and proxies store nothing personal. */
import type { RequestHandler } from 'express';

/** No page of Portage needs one of these (https://www.w3.org/TR/permissions-policy/). */
const permissions = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb']
  .map((feature) => `${feature}=()`)
  .join(', ');

export const privateAnswers: RequestHandler = (_request, response, next) => {
  response.set({ 'cache-control': 'no-store', 'permissions-policy': permissions });
  next();
};
