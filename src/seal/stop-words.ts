/**
 * Words so common that they find nothing, and whose frequency would tell most about a blind index. Only articles,
 * pronouns, prepositions and auxiliaries: a word that could be what somebody looks for is not here.
 */
export const stopWords = {
  en: `
    a an the i me my we us our you your he him his she her it its they them their this that these those who whom which what and or but nor so as
    at by for from in into of off on onto to with is am are was were be been being do does did has have had will would can could shall should
    may might must if then than there here`,
  de: `
    der die das den dem des ein eine einen einem einer eines ich mich mir du dich dir er ihn ihm sie es wir uns ihr euch ihnen sein seine ihre
    mein unser dieser diese dieses welche welcher was wer und oder aber denn doch so als wie an am auf aus bei beim bis durch für in im ins mit
    nach um unter über von vom vor zu zum zur ist sind war waren bin wird werden wurde wurden hat haben hatte hatten kann können soll sollte
    muss wenn dann dass da hier auch noch`,
  fr: `
    le la les l un une des du de d je me moi tu te toi il elle on nous vous ils elles se lui leur son sa ses mon ma mes ton ta tes notre votre
    ce cet cette ces qui que qu quoi dont et ou mais ni donc car à au aux en dans par pour sur sous avec vers chez est sont était étaient être
    été a ont avait avoir fait peut si comme y s c n j m t`,
  es: `
    el la los las un una unos unas lo yo me mí tú te ti él ella nos nosotros vosotros ellos ellas se le les su sus mi mis tu tus nuestro este
    esta estos estas ese esa eso que quien cual y e o u pero ni a al ante con de del desde en entre hacia hasta para por según sobre tras es son
    era eran ser sido fue ha han había haber está están si como`,
  it: `
    il lo la i gli le l un uno una di a da in con su per tra fra del dello della dei degli delle al allo alla ai agli alle dal dalla nel nella
    sul sulla io me mi tu te ti lui lei noi ci voi vi loro si suo sua suoi sue mio mia questo questa quello quella che chi cui e ed o ma né è
    sono era erano essere stato ha hanno aveva avere se come d c`,
  nl: `
    de het een ik me mij jij je jou hij hem zij ze haar wij we ons jullie u hun hen dit dat deze die wie wat welke en of maar want dus aan bij
    door in met na naar om onder op over te tegen tot uit van voor is zijn was waren ben wordt worden werd heeft hebben had kan kunnen moet zal
    zou als dan er hier ook`,
  pt: `
    o a os as um uma uns umas eu me mim tu te ti ele ela nós nos vós vos eles elas se lhe seu sua seus suas meu minha este esta estes estas esse
    essa isso que quem qual e ou mas nem ao aos à às de do da dos das em no na nos nas por pelo pela para com sem sobre é são era eram ser sido
    foi há tem têm tinha ter se como`,
}
