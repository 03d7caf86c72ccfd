/** Towns, by their middle. */
export const points = {
  surabaya: { latitude: -7.2575, longitude: 112.7521 },
  malang: { latitude: -7.9666, longitude: 112.6326 },
  jakarta: { latitude: -6.2, longitude: 106.8167 },
  medan: { latitude: 3.5952, longitude: 98.6722 },
  jayapura: { latitude: -2.5337, longitude: 140.7181 },
  moscow: { latitude: 55.7558, longitude: 37.6173 },
};
