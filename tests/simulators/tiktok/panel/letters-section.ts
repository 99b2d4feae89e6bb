export const lettersSection = `
<section id="view-letters" aria-labelledby="letters-heading" hidden><h2 id="letters-heading" tabindex="-1">Letters</h2>
<p class="note">What the app sent by e-mail, the newest first. None of it left this machine.</p>
<p id="letters-shown" class="note"></p><ol id="letters-list" class="list"></ol></section>`;
