/** A device that used Play, as in real files; the page shows no fields (docs/google-api.md §A8). */
import type { Chance } from './random';
import type { Subject } from './subject';

/** The state of the device as Play knew it at some time. A size in bytes is an int64, so a text. */
function deviceData(chance: Chance, { account }: Subject): Record<string, unknown> {
  return {
    carrierName: 'Example Mobile',
    manufacturer: 'Example',
    modelName: 'Example 7',
    deviceName: 'example7',
    productName: 'example7_eea',
    retailBrand: 'Example',
    nativePlatform: ['arm64-v8a', 'armeabi-v7a'],
    deviceIpCountry: account.accountCountry,
    userLocale: account.locale,
    androidSdkVersion: String(chance.between(28, 36)),
    playStoreClientVersion: chance.between(84_000_000, 85_999_999),
    buildFingerprint: `Example/example7/example7:15/${chance.letters(8)}`,
    totalMemoryBytes: '8589934592',
  };
}

export const playDevice = (at: string, chance: Chance, subject: Subject): Record<string, unknown> => ({
  mostRecentData: deviceData(chance, subject),
  dataAtTimeOfUserPlayActivity: deviceData(chance, subject),
  deviceRegistrationTime: at,
  userAddedOnDeviceTime: at,
  lastTimeDeviceActive: at,
});
