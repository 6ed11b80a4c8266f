"""Provinces and cities of China, as people write them: what is named beside a place tells where it lies.

The provinces, the prefecture-level cities by their Chinese names, the larger ones in pinyin too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

# A province, then its cities; a name in letters follows the Chinese one it belongs to.
_TABLE: Final = """
北京 Beijing Peking
上海 Shanghai
天津 Tianjin
重庆 Chongqing
河北 Hebei: 石家庄 Shijiazhuang, 唐山 Tangshan, 秦皇岛 Qinhuangdao, 邯郸 Handan, 邢台 Xingtai, 保定 Baoding,
  张家口 Zhangjiakou, 承德 Chengde, 沧州 Cangzhou, 廊坊 Langfang, 衡水 Hengshui, 雄安 Xiong'an
山西 Shanxi: 太原 Taiyuan, 大同 Datong, 阳泉, 长治 Changzhi, 晋城, 朔州, 晋中, 运城 Yuncheng, 忻州,
  临汾 Linfen, 吕梁
内蒙古 Inner-Mongolia Neimenggu: 呼和浩特 Hohhot, 包头 Baotou, 乌海, 赤峰 Chifeng, 通辽, 鄂尔多斯 Ordos,
  呼伦贝尔 Hulunbuir, 巴彦淖尔, 乌兰察布, 锡林郭勒, 阿拉善
辽宁 Liaoning: 沈阳 Shenyang, 大连 Dalian, 鞍山 Anshan, 抚顺 Fushun, 本溪, 丹东 Dandong, 锦州 Jinzhou,
  营口 Yingkou, 阜新, 辽阳, 盘锦 Panjin, 铁岭, 朝阳市, 葫芦岛
吉林 Jilin: 长春 Changchun, 四平, 辽源, 通化, 白山市, 松原, 白城, 延边 Yanbian
黑龙江 Heilongjiang: 哈尔滨 Harbin, 齐齐哈尔 Qiqihar, 鸡西, 鹤岗, 双鸭山, 大庆 Daqing, 伊春, 佳木斯 Jiamusi,
  七台河, 牡丹江 Mudanjiang, 黑河, 绥化, 大兴安岭
江苏 Jiangsu: 南京 Nanjing Nanking, 无锡 Wuxi, 徐州 Xuzhou, 常州 Changzhou, 苏州 Suzhou, 南通 Nantong,
  连云港 Lianyungang, 淮安 Huai'an, 盐城 Yancheng, 扬州 Yangzhou, 镇江 Zhenjiang, 泰州, 宿迁
浙江 Zhejiang: 杭州 Hangzhou, 宁波 Ningbo, 温州 Wenzhou, 嘉兴 Jiaxing, 湖州 Huzhou, 绍兴 Shaoxing,
  金华 Jinhua, 义乌 Yiwu, 衢州, 舟山, 台州 Taizhou, 丽水
安徽 Anhui: 合肥 Hefei, 芜湖 Wuhu, 蚌埠 Bengbu, 淮南 Huainan, 马鞍山, 淮北, 铜陵, 安庆 Anqing, 黄山市, 滁州,
  阜阳 Fuyang, 宿州, 六安, 亳州, 池州, 宣城
福建 Fujian: 福州 Fuzhou, 厦门 Xiamen, 莆田 Putian, 三明市, 泉州 Quanzhou, 漳州 Zhangzhou, 南平, 龙岩,
  宁德 Ningde
江西 Jiangxi: 南昌 Nanchang, 景德镇 Jingdezhen, 萍乡, 九江 Jiujiang, 新余, 鹰潭, 赣州 Ganzhou, 吉安 Ji'an,
  宜春, 抚州, 上饶
山东 Shandong: 济南 Jinan, 青岛 Qingdao Tsingtao, 淄博 Zibo, 枣庄, 东营, 烟台 Yantai, 潍坊 Weifang,
  济宁 Jining, 泰安 Tai'an, 威海 Weihai, 日照 Rizhao, 临沂 Linyi, 德州市, 聊城, 滨州, 菏泽
河南 Henan: 郑州 Zhengzhou, 开封 Kaifeng, 洛阳 Luoyang, 平顶山, 安阳 Anyang, 鹤壁, 新乡 Xinxiang, 焦作,
  濮阳, 许昌, 漯河, 三门峡 Sanmenxia, 南阳 Nanyang, 商丘, 信阳, 周口, 驻马店, 济源
湖北 Hubei: 武汉 Wuhan, 黄石, 十堰 Shiyan, 宜昌 Yichang, 襄阳 Xiangyang, 鄂州, 荆门, 孝感, 荆州 Jingzhou,
  黄冈, 咸宁, 随州, 恩施 Enshi, 仙桃, 潜江, 天门市, 神农架
湖南 Hunan: 长沙 Changsha, 株洲 Zhuzhou, 湘潭 Xiangtan, 衡阳 Hengyang, 邵阳, 岳阳 Yueyang, 常德 Changde,
  张家界 Zhangjiajie, 益阳, 郴州, 永州, 怀化, 娄底, 湘西
广东 Guangdong Canton: 广州 Guangzhou, 深圳 Shenzhen, 珠海 Zhuhai, 汕头 Shantou, 佛山 Foshan, 韶关,
  湛江 Zhanjiang, 肇庆, 江门 Jiangmen, 茂名, 惠州 Huizhou, 梅州, 汕尾, 河源, 阳江, 清远, 东莞 Dongguan,
  中山市 Zhongshan, 潮州 Chaozhou, 揭阳, 云浮
广西 Guangxi: 南宁 Nanning, 柳州 Liuzhou, 桂林 Guilin, 梧州, 北海市 Beihai, 防城港, 钦州, 贵港, 玉林, 百色,
  贺州, 河池, 来宾, 崇左
海南 Hainan: 海口 Haikou, 三亚 Sanya, 三沙, 儋州
四川 Sichuan: 成都 Chengdu, 自贡, 攀枝花, 泸州, 德阳, 绵阳 Mianyang, 广元, 遂宁, 内江, 乐山 Leshan,
  南充 Nanchong, 眉山, 宜宾 Yibin, 广安 Guang'an, 达州, 雅安 Ya'an, 巴中, 资阳, 阿坝, 甘孜, 凉山
贵州 Guizhou: 贵阳 Guiyang, 六盘水, 遵义 Zunyi, 安顺, 毕节, 铜仁, 黔西, 黔东, 黔南
云南 Yunnan: 昆明 Kunming, 曲靖, 玉溪, 保山, 昭通, 丽江 Lijiang, 普洱, 临沧, 楚雄, 红河, 文山, 西双版纳,
  大理 Dali, 德宏, 怒江, 迪庆
西藏 Tibet Xizang: 拉萨 Lhasa, 日喀则, 昌都, 林芝, 山南市, 那曲, 阿里地区
陕西 Shaanxi: 西安 Xi'an, 铜川 Tongchuan, 宝鸡 Baoji, 咸阳 Xianyang, 渭南 Weinan, 延安 Yan'an,
  汉中 Hanzhong, 榆林 Yulin, 安康 Ankang, 商洛 Shangluo, 杨凌 Yangling, 韩城, 西咸 Xixian
甘肃 Gansu: 兰州 Lanzhou, 嘉峪关, 金昌, 白银市, 天水 Tianshui, 武威, 张掖, 平凉, 酒泉, 庆阳, 定西, 陇南,
  临夏, 甘南
青海 Qinghai: 西宁 Xining, 海东, 海北, 黄南, 海南州, 果洛, 玉树, 海西
宁夏 Ningxia: 银川 Yinchuan, 石嘴山, 吴忠, 固原, 中卫
新疆 Xinjiang: 乌鲁木齐 Urumqi, 克拉玛依, 吐鲁番, 哈密, 昌吉, 博尔塔拉, 巴音郭楞, 阿克苏, 克孜勒苏,
  喀什 Kashgar, 和田, 伊犁, 塔城, 阿勒泰, 石河子
台湾 Taiwan: 台北 Taipei, 高雄 Kaohsiung
香港 Hong-Kong
澳门 Macau Macao
"""


def provinces() -> Iterator[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]:
    """The names of each province, and those of each of its cities."""
    for line in _TABLE.replace("\n  ", " ").strip().splitlines():
        province, _, cities = line.partition(":")
        yield _names(province), tuple(_names(city) for city in cities.split(",") if city)


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name.replace("-", " ") for name in cell.split())
