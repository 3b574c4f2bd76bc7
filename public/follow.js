// Keeps the status on the page current: the server sends the fragment anew whenever something changed.
const target = document.querySelector('[data-follow]');
const source = new EventSource(target.dataset.follow);
source.addEventListener('status', (event) => {
  target.innerHTML = event.data;
});
source.addEventListener('end', () => source.close());
